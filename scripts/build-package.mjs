// node scripts/build-package.mjs: writes dist-package/, the core as modules for Node and bundlers, with types.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { child } from './lib/child.mjs';
import { main, Problem } from './lib/problem.mjs';
import { repository } from './lib/repository.mjs';

const { dependencies, exports } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const out = join(repository, 'dist-package');

await main(async () => {
  rmSync(out, { recursive: true, force: true });
  const entries = Object.keys(exports).map((name) => name.slice('./'.length));
  await build({
    root: repository,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: out,
      target: 'es2023',
      minify: false,
      lib: {
        entry: Object.fromEntries(entries.map((name) => [name, join(repository, `app/core/api/${name}.ts`)])),
        formats: ['es'],
      },
      rolldownOptions: { external: Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`)) },
    },
  });
  const { code, output } = await child(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.package.json'],
    { cwd: repository },
  );
  if (code !== 0) throw new Problem(output);
  // TypeScript keeps the source file extensions in declarations; without them, declarations work with any compiler
  // settings of a user.
  for (const path of readdirSync(join(out, 'types'), { recursive: true }).map(String)) {
    if (!path.endsWith('.d.ts')) continue;
    const file = join(out, 'types', path);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/((?:from |import\()['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
  }
});
