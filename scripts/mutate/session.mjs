// Runs the mutants of a plan (MUTATION_PLAN) in one Vitest process; mutate.mjs starts it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startVitest } from 'vitest/node';
import { repository } from '../lib/repository.mjs';

const { code, tests } = JSON.parse(readFileSync(process.env.MUTATION_PLAN, 'utf8'));

const vitest = await startVitest(
  'test',
  tests,
  {
    root: repository,
    watch: false,
    isolate: false,
    fileParallelism: false,
    pool: 'threads',
    runner: fileURLToPath(new URL('./runner.mjs', import.meta.url)),
    reporters: [{}],
    onConsoleLog: () => false,
  },
  {
    plugins: [{ name: 'mutants', enforce: 'pre', transform: (_, id) => code[id] }],
  },
);
for (const file of vitest.state.getFiles()) {
  if (file.result?.state === 'fail') console.error(`${file.filepath} fails without a change`, ...errorsOf(file));
}
for (const error of vitest.state.getUnhandledErrors()) console.error(error);
await vitest.close();

function errorsOf({ result, tasks = [] }) {
  return [...(result?.errors ?? []).map(({ message }) => message), ...tasks.flatMap(errorsOf)];
}
