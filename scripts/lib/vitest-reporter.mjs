import { relative } from 'node:path';
import { firstLine, reportWriter } from './report-file.mjs';
import { repository } from './repository.mjs';

/** Vitest's part of a report (report-file.mjs). */
export default class VitestReporter {
  #write = reportWriter(process.env.POSTERN_REPORT);

  onTestRunStart(specifications) {
    for (const { moduleId } of specifications) this.#write({ planned: name(moduleId) });
  }

  onTestModuleCollected(module) {
    this.#write({ collected: name(module.moduleId), tests: [...module.children.allTests()].length });
  }

  onTestCaseResult(test) {
    const { state, errors = [] } = test.result();
    this.#write({
      test: test.fullName,
      file: name(test.module.moduleId),
      state,
      ...(errors.length > 0 ? { message: firstLine(errors[0].message) } : {}),
      seconds: (test.diagnostic()?.duration ?? 0) / 1000,
    });
  }

  /** Its hooks failed. */
  onTestSuiteResult(suite) {
    for (const { message } of suite.errors())
      this.#broken(`${name(suite.module.moduleId)}: ${suite.fullName}`, message);
  }

  onTestModuleEnd(module) {
    for (const { message } of module.errors()) this.#broken(name(module.moduleId), message);
  }

  onTestRunEnd(_modules, unhandled) {
    for (const { message } of unhandled) this.#broken('vitest', message);
    this.#write({ end: true });
  }

  #broken(what, message) {
    this.#write({ broken: what, message: firstLine(message) });
  }
}

const name = (moduleId) => relative(repository, moduleId);
