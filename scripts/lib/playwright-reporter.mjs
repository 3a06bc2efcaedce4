import { relative } from 'node:path';
import { firstLine, reportWriter } from './report-file.mjs';
import { repository } from './repository.mjs';

/** A test that passes only on a retry counts as failed. */
const states = { expected: 'passed', skipped: 'skipped', unexpected: 'failed', flaky: 'failed' };

/** A test with this in its title prints measurements: it can break, but does not count as passed. */
const MEASURES = '(printed, not judged)';

/** Playwright's part of a report (report-file.mjs). */
export default class PlaywrightReporter {
  #write = reportWriter(process.env.POSTERN_REPORT);

  onBegin(_config, suite) {
    for (const file of suite.suites.flatMap(({ suites }) => suites)) {
      const name = relative(repository, file.location?.file ?? file.title);
      this.#write({ planned: name });
      this.#write({ collected: name, tests: file.allTests().length });
    }
  }

  onTestEnd(test, result) {
    const state = states[test.outcome()];
    this.#write({
      test: test.titlePath().filter(Boolean).join(' > '),
      file: relative(repository, test.location.file),
      state: state === 'passed' && test.title.endsWith(MEASURES) ? 'measured' : state,
      ...(result.error ? { message: firstLine(result.error.message) } : {}),
      seconds: result.duration / 1000,
    });
  }

  onError({ message }) {
    this.#write({ broken: 'playwright', message: firstLine(message) });
  }

  onEnd() {
    this.#write({ end: true });
  }

  printsToStdio() {
    return false;
  }
}
