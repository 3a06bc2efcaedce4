import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const SOURCE = fileURLToPath(new URL('../../app/service-worker/service-worker.ts', import.meta.url));
const FILE = 'service-worker.js';

/** Files that the page never requests. */
const UNUSED = /^catalogue\/|\.map$/;

/** Adds the service worker to the build, with the list of the build's files and their hashes. */
export function serviceWorker(publicFiles: string): Plugin {
  return {
    name: 'postern:service-worker',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: SOURCE, fileName: FILE });
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files: Record<string, string> = {};
        for (const [name, file] of Object.entries(bundle))
          if (name !== FILE) files[name] = hash(file.type === 'chunk' ? file.code : file.source);
        for (const path of readdirSync(publicFiles, { recursive: true, withFileTypes: true }))
          if (path.isFile()) {
            const name = join(path.parentPath, path.name)
              .slice(publicFiles.length + 1)
              .replaceAll('\\', '/');
            files[name] = hash(readFileSync(join(path.parentPath, path.name)));
          }
        const list = Object.entries(files)
          .filter(([name]) => !UNUSED.test(name))
          .map(([name, integrity]) => [name === 'index.html' ? './' : name, integrity] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1));
        const script = bundle[FILE];
        if (script?.type !== 'chunk' || script.imports.length > 0 || /^export\b/m.test(script.code))
          return this.error(`${FILE} must be one script without imports and exports.`);
        const text = JSON.stringify(Object.fromEntries(list));
        for (const [name, value] of [
          ['POSTERN_FILES', text],
          ['POSTERN_BUILD', JSON.stringify(createHash('sha256').update(text).digest('hex').slice(0, 16))],
        ] as const) {
          if (!script.code.includes(name)) this.error(`${FILE} does not use ${name}.`);
          script.code = script.code.replace(name, () => value);
        }
      },
    },
  };
}

const hash = (contents: string | Uint8Array): string =>
  `sha256-${createHash('sha256').update(contents).digest('base64')}`;
