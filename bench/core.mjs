import { join } from 'node:path';
import { build } from 'vite';
import { repository, results } from '../scripts/lib/repository.mjs';

/** The core as the page loads it: one file, compiled and bundled. */
export async function bundled(entry) {
  const outDir = join(results, 'bench');
  await build({
    root: repository,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames: 'core.mjs' } },
    },
    ssr: { noExternal: true },
  });
  return import(join(outDir, 'core.mjs'));
}
