// npm run check: types, style, import directions, unused code. All checks run, so that one run shows every problem.
import { performance } from 'node:perf_hooks';
import { child } from './lib/child.mjs';
import { installNodePackages } from './lib/node-packages.mjs';
import { requireNode } from './lib/node-version.mjs';
import { main } from './lib/problem.mjs';
import { repository, serverPackage } from './lib/repository.mjs';

const checks = [
  { name: 'types', command: 'tsc', args: ['-b', '--pretty', 'false'] },
  { name: 'style', command: 'biome', args: ['check', '--colors=off'] },
  {
    name: 'import directions',
    command: 'depcruise',
    args: ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'app', 'scripts', 'e2e'],
  },
  { name: 'unused code', command: 'knip', args: ['--no-progress'] },
];

await main(async () => {
  requireNode();
  await installNodePackages(repository);
  // The types of e2e/server do not use it, but knip reads the dependencies in its package.json from disk.
  await installNodePackages(serverPackage);

  let failed = 0;
  for (const { name, command, args } of checks) {
    const began = performance.now();
    const { code, output } = await child('npx', ['--no-install', command, ...args], { cwd: repository });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${command}, ${seconds} s)`);
    if (code !== 0) {
      failed += 1;
      console.log(`\n${output.trim()}\n`);
    }
  }
  console.log(failed === 0 ? 'All checks hold.' : `${failed} of ${checks.length} checks failed.`);
  return failed === 0 ? 0 : 1;
});
