import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { messages } from './scripts/vite/messages.ts';
import { planShapeModule } from './scripts/vite/plan-shape.ts';
import { contentSecurityPolicy } from './scripts/vite/policy.ts';
import { responseHeaders } from './scripts/vite/response-headers.ts';
import { serviceWorker } from './scripts/vite/service-worker.ts';
import { singleFile } from './scripts/vite/single-file.ts';
import { startPage } from './scripts/vite/start-page.ts';
import { thirdPartyLicenses } from './scripts/vite/third-party-licenses.ts';

/**
 * Nothing is loaded from other origins, and what runs inline is what the build wrote. `frame-ancestors` works only as a
 * header: response-headers.ts.
 */
const policy = {
  'default-src': "'self'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** The file that works from the disk requests nothing, and contains the scripts of its workers. */
const singlePolicy = {
  'default-src': "'none'",
  'script-src': '',
  'style-src': '',
  'img-src': 'data:',
  'connect-src': "'none'",
  'worker-src': 'blob:',
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

const licenses = thirdPartyLicenses();

export default defineConfig(({ mode }) => {
  /** One file that works from the disk: scripts/build-single.mjs. */
  const single = mode === 'single';
  return {
    // Relative addresses: the build works from any folder of any server.
    base: './',
    // Missing files are 404: views are in the query, and the page would be cached under the name of a missing file.
    appType: 'mpa',
    publicDir: single ? false : 'public',
    plugins: [
      single
        ? [singleFile('public'), contentSecurityPolicy(singlePolicy)]
        : [startPage(), contentSecurityPolicy(policy), serviceWorker('public')],
      messages(),
      planShapeModule(),
      react(),
      tailwindcss(),
      responseHeaders(),
      licenses.page,
    ],
    // A script of the format iife has no other chunks.
    worker: { format: single ? 'iife' : 'es', plugins: () => [licenses.worker()] },
    build: {
      target: 'es2023',
      // Every browser of the target knows it.
      modulePreload: { polyfill: false },
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      ...(single && { outDir: 'dist-single', chunkSizeWarningLimit: Number.POSITIVE_INFINITY }),
      rolldownOptions: {
        // How long plugins took is no warning.
        checks: { pluginTimings: false },
        // Modules of the core only contain definitions, so what the page does not use (schema, artifacts) stays in the
        // worker.
        treeshake: { moduleSideEffects: (id: string) => !id.includes('/app/core/') },
        output: {
          codeSplitting: single
            ? false
            : {
                groups: [
                  // What the start page needs is two files, which run one after the other: see start-page.ts.
                  {
                    name: 'react',
                    test: /node_modules\/(react|react-dom|scheduler)\//,
                    tags: ['$initial'],
                    priority: 1,
                  },
                  { name: 'start', test: /^(?!.*service-worker)/, tags: ['$initial'] },
                  // What loads right after the start page, in every view.
                  {
                    name: 'early',
                    test: /\/lucide-react\/|\/app\/(worker\/client|ui\/shared\/(messages\/translate|answers\/failure|navigation\/spots|server-files\/(store|tab-storage|screen-state)))\.ts$/,
                  },
                  { name: 'query', test: /\/query-client\.ts$/ },
                  // Their tables and schemas take long to set up, and only links and archives need them.
                  {
                    name: 'link',
                    test: /\/app\/core\/link\/(pack|screen)\.ts$|\/node_modules\/(zod|fflate)\//,
                    minShareCount: 2,
                    includeDependenciesRecursively: false,
                  },
                  // Most parts share these.
                  {
                    name: 'core',
                    test: /\/app\/core\/|\/ipaddr\.js\//,
                    minShareCount: 8,
                    includeDependenciesRecursively: false,
                  },
                  {
                    name: 'shared',
                    test: /\/app\/ui\/shared\/(?!messages|editor|server-files\/(?!read-file)|access-changes)/,
                    minShareCount: 2,
                    includeDependenciesRecursively: false,
                  },
                  {
                    name: 'files',
                    test: /\/app\/ui\/shared\/(server-files|access-changes)\//,
                    minShareCount: 2,
                    includeDependenciesRecursively: false,
                  },
                ],
              },
        },
      },
    },
  };
});
