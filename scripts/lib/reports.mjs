import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { results } from './repository.mjs';

/** Where a run writes its report (report-file.mjs), without the report of an earlier run. */
export function freshReport(name) {
  const path = join(results, `${name}.ndjson`);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  return path;
}

/**
 * The counts of one run, from the lines that its reporter wrote as tests ended. Anything that did not end has failed:
 * each test of a loaded file, each file that was not loaded, and the run itself if nothing else accounts for it. So a
 * crash is never green, and never loses the results of earlier tests.
 */
export function readReport(path, runner, exitCode) {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').flatMap(parsed) : [];
  const tests = lines.filter(({ test }) => test !== undefined);
  const count = (state) => tests.filter((test) => test.state === state).length;
  const broken = lines.filter((line) => line.broken !== undefined);
  const unfinished = unfinishedFiles(lines, tests);
  const report = {
    passed: count('passed'),
    failed: count('failed') + broken.length + unfinished.reduce((sum, { missing }) => sum + missing, 0),
    skipped: tests.length - count('passed') - count('failed') - count('measured'),
    measured: count('measured'),
    tests: tests.map(({ test, file, seconds = 0 }) => ({ test, file, seconds })),
    notes: [
      ...broken.map(({ broken: what, message }) => `${what}: ${message}`),
      ...unfinished.map(({ file, ended, of }) =>
        of === undefined ? `not run: ${file}` : `not finished: ${file} (${ended} of ${of} tests ended)`,
      ),
      ...tests
        .filter(({ state }) => state === 'failed')
        .map(({ test, file, message }) => `failed: ${file}: ${test}: ${message}`),
      ...tests
        .filter(({ state }) => !['passed', 'failed', 'measured'].includes(state))
        .map(({ test }) => `skipped: ${test}`),
    ],
  };
  if (tests.length === 0) return withFailure(report, `${runner} ran no test (exit code ${exitCode})`);
  const ended = lines.some(({ end }) => end);
  if (report.failed === 0 && (!ended || exitCode !== 0))
    return withFailure(report, `${runner} ${ended ? 'ended' : 'was ended'} with exit code ${exitCode}`);
  return report;
}

function unfinishedFiles(lines, tests) {
  const planned = lines.flatMap((line) => line.planned ?? []);
  return planned.flatMap((file) => {
    const of = lines.find(({ collected }) => collected === file)?.tests;
    // A file that cannot be loaded is broken, which is counted already.
    if (of === undefined) return lines.some(({ broken }) => broken === file) ? [] : [{ file, missing: 1 }];
    const ended = tests.filter((test) => test.file === file).length;
    return ended < of ? [{ file, of, ended, missing: of - ended }] : [];
  });
}

/** A line that was truncated because its writer was killed is ignored. */
function parsed(line) {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

const withFailure = (report, reason) => ({ ...report, failed: report.failed + 1, notes: [...report.notes, reason] });

/** Adds the counts of several runs of one suite. */
export function together(reports) {
  const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    measured: sum('measured'),
    tests: reports.flatMap(({ tests }) => tests),
    notes: reports.flatMap(({ notes }) => notes),
  };
}

/** The counts before any test. */
export const nothing = { passed: 0, failed: 0, skipped: 0, measured: 0, tests: [], notes: [] };

/** A suite that cannot run here: counted as one skipped test, with its reason. */
export const unavailable = (reason) => ({ ...nothing, skipped: 1, notes: [`skipped: ${reason}`] });

/** Test files that were not run, because the time of the run would not have been enough for them. */
export const noTime = (files) => ({
  ...nothing,
  skipped: files.length,
  notes: files.map((file) => `skipped: ${file}: this machine is too slow for the time of the run`),
});

/** A part of a run that failed outside its tests: counted as one failed test, with its reason. */
export const broken = (reason) => ({ ...nothing, failed: 1, notes: [reason] });
