import { readFileSync } from 'node:fs';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Nothing is loaded from elsewhere and nothing inline runs. `frame-ancestors` works as a header only: see the README. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** In the build only: the development server works with inline scripts. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'postern:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
    ],
  };
}

/** `virtual:messages/en` is `app/ui/messages/en.json` with each ICU message compiled, so that no parser is shipped. */
function messages(): Plugin {
  const prefix = 'virtual:messages/';
  return {
    name: 'postern:messages',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const file = new URL(`app/ui/messages/${id.slice(prefix.length + 1)}.json`, import.meta.url).pathname;
      this.addWatchFile(file);
      const table = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      const compiled = Object.entries(table).map(([key, text]) => [key, compileMessage(text)]);
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(compiled)))})`;
    },
  };
}

export default defineConfig({
  // Relative addresses: the build works from any folder of any server.
  base: './',
  plugins: [contentSecurityPolicy(), messages(), react(), tailwindcss()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      // Modules of the core only define things, so what the page does not use (schema, artifacts) stays in the worker.
      treeshake: { moduleSideEffects: (id) => !id.includes('/app/core/') },
    },
  },
});
