import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repository } from './repository.mjs';

/**
 * What one run of a test runner came to. The counts are the runner's own, from its JSON report; a runner that left no
 * report, ran no test, or failed without naming a test counts as one failure, so that a crash is never green.
 */
export function vitestReport(file, exitCode) {
  const report = read(file);
  if (!report) return crash(`vitest left no report (exit code ${exitCode})`);
  const skippedTests = report.testResults
    .flatMap((testFile) => testFile.assertionResults)
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => fullName.trim());
  const brokenFiles = report.testResults.filter(
    (testFile) => testFile.status === 'failed' && testFile.assertionResults.every(({ status }) => status !== 'failed'),
  );
  return sound(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles.length,
      skipped: report.numPendingTests + report.numTodoTests,
      notes: [
        ...brokenFiles.map(({ name, message }) => `${relative(repository, name)} did not run: ${firstLine(message)}`),
        ...skippedTests.map((name) => `skipped: ${name}`),
      ],
    },
    'vitest',
    exitCode,
  );
}

export function playwrightReport(file, exitCode) {
  const report = read(file);
  if (!report) return crash(`playwright left no report (exit code ${exitCode})`);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return sound(
    {
      passed: expected,
      failed: unexpected + flaky,
      skipped,
      notes: (report.errors ?? []).map(({ message }) => `playwright: ${firstLine(message ?? '')}`),
    },
    'playwright',
    exitCode,
  );
}

/** Adds the counts of several runs of one rung. */
export function together(reports) {
  const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    notes: reports.flatMap(({ notes }) => notes),
  };
}

/** A rung that cannot run here: counted as one skipped test, with its reason. */
export function unavailable(reason) {
  return { passed: 0, failed: 0, skipped: 1, notes: [`skipped: ${reason}`] };
}

function sound(report, runner, exitCode) {
  if (report.passed + report.failed + report.skipped === 0)
    return crash(`${runner} ran no test (exit code ${exitCode})`, report);
  if (exitCode !== 0 && report.failed === 0) return crash(`${runner} ended with exit code ${exitCode}`, report);
  return report;
}

function crash(reason, report = { passed: 0, failed: 0, skipped: 0, notes: [] }) {
  return { ...report, failed: report.failed + 1, notes: [...report.notes, reason] };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const firstLine = (text) => text.split('\n', 1)[0];
export const reportFile = (folder, name) => join(folder, `${name}.json`);
