import { appendFileSync } from 'node:fs';

/**
 * The report of one run: one JSON object per line, each written when its test ends, so that a run that is killed still
 * has a result. `reports.mjs` reads it.
 *
 * | line | meaning |
 * | --- | --- |
 * | `{planned}` | a test file that will run |
 * | `{collected, tests}` | the same file once it is loaded, with the number of its tests |
 * | `{test, file, state, seconds}` | a test that ended: `passed`, `failed`, `skipped` or `measured` (it prints figures and checks nothing), and the first line of its error as `message` |
 * | `{broken, message}` | a file, a suite or the runner that failed outside of its tests |
 * | `{alive}` | a long test made progress (e2e/server/harness/alive.ts) |
 * | `{end}` | the runner ended by itself |
 */
export function reportWriter(path) {
  if (!path) throw new Error('POSTERN_REPORT must name the file for the report');
  return (line) => appendFileSync(path, `${JSON.stringify(line)}\n`);
}

export const firstLine = (text) => String(text ?? '').split('\n', 1)[0];
