import { appendFileSync } from 'node:fs';

/** Interval of reports, in milliseconds. */
const EVERY = 5000;

let told = performance.now();

/**
 * Reports that a long test makes progress: call it for each of its many cases. Such a test has no time limit of its own
 * (`timeout: 0`), because what is slow on this machine is slower on a busy one; the run ends it when the calls stop
 * (scripts/lib/in-namespace.mjs).
 */
export function alive(): void {
  const { POSTERN_REPORT: report } = process.env;
  if (report === undefined || performance.now() - told < EVERY) return;
  told = performance.now();
  appendFileSync(report, '{"alive":true}\n');
}
