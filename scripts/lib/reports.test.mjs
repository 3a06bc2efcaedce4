import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { child } from './child.mjs';
import { readReport } from './reports.mjs';
import { repository, results } from './repository.mjs';

let folder;
let report;
beforeEach(() => {
  mkdirSync(results, { recursive: true });
  folder = mkdtempSync(join(results, 'reports-test-'));
  report = join(folder, 'report.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const reporter = (name) => join(repository, `scripts/lib/${name}-reporter.mjs`);

/**
 * Runs test files with one of the real runners and reads what its reporter wrote; ended after `limit` seconds without
 * progress.
 */
async function ran(runner, files, limit = 60) {
  const own = mkdtempSync(join(folder, 'run-'));
  const report = join(own, 'report.ndjson');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(own, name), text);
  const config = join(own, 'runner.config.mjs');
  const args = {
    vitest: ['node_modules/vitest/vitest.mjs', 'run', '--root', own, '--config', config],
    playwright: ['node_modules/@playwright/test/cli.js', 'test', '--config', config],
  };
  const settings = {
    vitest: { test: { testTimeout: 0, reporters: [reporter('vitest')] } },
    playwright: {
      testMatch: '*.spec.mjs',
      workers: 1,
      timeout: 0,
      outputDir: join(own, 'out'),
      reporter: [[reporter('playwright')]],
    },
  };
  writeFileSync(config, `export default ${JSON.stringify(settings[runner])}`);
  const { code, output } = await child(process.execPath, args[runner], {
    cwd: repository,
    env: { POSTERN_REPORT: report },
    limit,
    grows: report,
  });
  return { ...readReport(report, runner, code), code, output };
}

const api = {
  vitest: "import { it, test, describe, beforeAll } from 'vitest';",
  playwright: "import { test } from '@playwright/test'; const it = test;",
};
const fileOf = { vitest: 'some.test.mjs', playwright: 'some.spec.mjs' };

describe.each(['vitest', 'playwright'])('a report of %s', (runner) => {
  const file = fileOf[runner];
  const of = (text) => ran(runner, { [file]: `${api[runner]}\n${text}` });

  it('counts what passed, failed and was skipped', async () => {
    const text =
      "it('a', () => {}); it('b', () => { throw new Error('no'); }); test.skip('c', () => {}); it('d', () => {});";
    const counts = await of(text);
    expect(counts, counts.output).toMatchObject({ passed: 2, failed: 1, skipped: 1 });
    expect(counts.notes).toEqual([
      expect.stringMatching(/^failed: .*b: (Error: )?no$/),
      expect.stringMatching(/^skipped: .*c$/),
    ]);
  });

  it('counts a file that cannot be loaded as a failure', async () => {
    const counts = await of("import './nowhere.mjs'; it('a', () => {});");
    expect(counts.passed).toBe(0);
    expect(counts.failed).toBeGreaterThan(0);
  });
});

// Each waits for most of a minute, so both wait together.
it('a report keeps the counts of a run that is killed, and counts each test that did not end as failed', async () => {
  // The runner's worker is not killed with it, so it ends by itself.
  const hangs = '() => new Promise(() => setInterval(() => process.connected || process.exit(), 1000))';
  const text = `it('a', () => {}); it('b', () => {}); it('c', ${hangs}); it('d', () => {});`;
  const killed = async (runner) => {
    const file = fileOf[runner];
    const counts = await ran(runner, { [file]: `${api[runner]}\n${text}` }, 45);
    expect(counts, counts.output).toMatchObject({ passed: 2, failed: 2, skipped: 0, code: 124 });
    expect(counts.notes).toEqual([expect.stringContaining(`${file} (2 of 4 tests ended)`)]);
  };
  await Promise.all([killed('vitest'), killed('playwright')]);
});

it('counts a Playwright test that only prints figures separately, unless it breaks', async () => {
  const text =
    "it('a (printed, not judged)', () => {}); it('b (printed, not judged)', () => { throw new Error('no'); }); it('c', () => {});";
  const counts = await ran('playwright', { [fileOf.playwright]: `${api.playwright}\n${text}` });
  expect(counts, counts.output).toMatchObject({ passed: 1, failed: 1, skipped: 0, measured: 1 });
});

it('counts a hook that fails as a failure, although its tests are skipped', async () => {
  const text =
    "describe('a', () => { beforeAll(() => { throw new Error('no'); }); it('b', () => {}); }); it('c', () => {});";
  const counts = await ran('vitest', { [fileOf.vitest]: `${api.vitest}\n${text}` });
  expect(counts, counts.output).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
});

it('is a failure if the runner fails although every test passed, and if it leaves no report', () => {
  appendFileSync(report, '{"planned":"a"}\n{"collected":"a","tests":1}\n{"test":"x","file":"a","state":"passed"}\n');
  expect(readReport(report, 'vitest', 0)).toMatchObject({ passed: 1, failed: 1 });
  appendFileSync(report, '{"end":true}\n{"planned":"cut o');
  expect(readReport(report, 'vitest', 0)).toMatchObject({ passed: 1, failed: 0 });
  expect(readReport(report, 'vitest', 1)).toMatchObject({ passed: 1, failed: 1 });
  expect(readReport(join(folder, 'none'), 'vitest', 0)).toMatchObject({ passed: 0, failed: 1 });
});

it('a program that makes progress is not stopped, however long it takes; one that hangs is', async () => {
  const steps = (grows) => `for step in 1 2 3 4 5 6 7 8; do echo "$step" >>${grows}; sleep 1; done`;
  const grows = join(folder, 'grows');
  expect(await child('sh', ['-c', steps(grows)], { limit: 5, grows })).toMatchObject({ code: 0 });
  expect(await child('sh', ['-c', steps('/dev/null')], { limit: 5, grows })).toMatchObject({ code: 124 });
});
