import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { messages } from './scripts/vite/messages.ts';
import { planShapeModule } from './scripts/vite/plan-shape.ts';
import { responseHeaders } from './scripts/vite/response-headers.ts';
import { serviceWorker } from './scripts/vite/service-worker.ts';
import { singleFile } from './scripts/vite/single-file.ts';
import { thirdPartyLicenses } from './scripts/vite/third-party-licenses.ts';

/**
 * Nothing is loaded from other origins and nothing inline runs. `frame-ancestors` works only as a header:
 * response-headers.ts.
 */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Only in the build: the development server uses inline scripts. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'postern:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
    ],
  };
}

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
      single ? singleFile('public') : [contentSecurityPolicy(), serviceWorker('public')],
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
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      ...(single && { outDir: 'dist-single', chunkSizeWarningLimit: Number.POSITIVE_INFINITY }),
      rolldownOptions: {
        // Modules of the core only contain definitions, so what the page does not use (schema, artifacts) stays in the
        // worker.
        treeshake: { moduleSideEffects: (id: string) => !id.includes('/app/core/') },
        ...(single && { output: { codeSplitting: false } }),
      },
    },
  };
});
