import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { results } from './repository.mjs';

/**
 * Seconds that each test file takes on two cores. A run writes its own table to `test-results/durations.json`; copy it
 * here if the files have changed a lot.
 */
const table = JSON.parse(readFileSync(new URL('durations.json', import.meta.url), 'utf8'));

/** A new file is assumed to be an average one. */
const UNKNOWN = 12;

/** The expected duration of a test file, in seconds. */
export const expected = (file) => table[file] ?? UNKNOWN;

/** Writes the duration of each file in this run. */
export function writeDurations(tests) {
  const seconds = new Map();
  for (const test of tests) seconds.set(test.file, (seconds.get(test.file) ?? 0) + test.seconds);
  const rows = [...seconds].sort().map(([file, sum]) => [file, Math.ceil(sum)]);
  writeFileSync(join(results, 'durations.json'), `${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`);
}

/** The tests that took longest. */
export const slowest = (tests, count = 20) => tests.toSorted((a, b) => b.seconds - a.seconds).slice(0, count);
