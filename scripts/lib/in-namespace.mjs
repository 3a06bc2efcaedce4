import { child } from './child.mjs';
import { conformanceFolder } from './conformance.mjs';
import { searchPath } from './programs.mjs';
import { freshReport, readReport } from './reports.mjs';
import { repository } from './repository.mjs';

/** Seconds within which some test must end, or a long one make progress. */
const QUIET = 900;

/** Runs the test files that Vitest's own arguments `tests` choose inside a private namespace and returns their counts. */
export async function runInNamespace({ prefix, env }, { name, tests, env: more = {} }) {
  const report = freshReport(name);
  const [command, ...args] = [
    ...prefix,
    process.execPath,
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'e2e/server/vitest.config.ts',
    '--reporter=default',
    '--reporter=./scripts/lib/vitest-reporter.mjs',
    ...tests,
  ];
  const { code, output } = await child(command, args, {
    cwd: repository,
    env: {
      ...env,
      ...more,
      POSTERN_REPORT: report,
      POSTERN_CONFORMANCE: conformanceFolder,
      PATH: searchPath.join(':'),
      NO_COLOR: '1',
    },
    limit: QUIET,
    grows: report,
  });
  // Several run in parallel, so each shows its output in one piece.
  console.log(`--- ${name} ---\n${output.trim()}\n`);
  return readReport(report, name, code);
}

/** Shards of files (shards.mjs) that each run in a private namespace, so that several can run at once. */
export const shardsInNamespace = (namespace, suite, shards, env) =>
  shards.map(({ files, seconds }, at) => {
    const name = `${suite}-${at + 1}`;
    return {
      name,
      files,
      seconds,
      manyProcesses: true,
      run: (chosen) => runInNamespace(namespace, { name, tests: chosen, env }),
    };
  });
