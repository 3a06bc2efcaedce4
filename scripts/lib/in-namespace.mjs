import { child } from './child.mjs';
import { conformanceFolder } from './conformance.mjs';
import { searchPath } from './programs.mjs';
import { reportFile, vitestReport } from './reports.mjs';
import { repository, results } from './repository.mjs';

/** Runs the test files that Vitest's own arguments `tests` choose inside a private namespace and gives what they came to. */
export async function runInNamespace({ prefix, env }, { name, tests, env: more = {}, limit }) {
  const file = reportFile(results, name);
  const [command, ...args] = [
    ...prefix,
    process.execPath,
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'e2e/server/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...tests,
  ];
  const { code, output } = await child(command, args, {
    cwd: repository,
    env: { ...env, ...more, POSTERN_CONFORMANCE: conformanceFolder, PATH: searchPath.join(':'), NO_COLOR: '1' },
    limit,
  });
  // Several run side by side, so each shows its output in one piece.
  console.log(`--- ${name} ---\n${output.trim()}\n`);
  if (code === 124) console.log(`${name} was ended after ${limit} seconds.`);
  return vitestReport(file, code);
}
