import { appendFileSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { collectTests, getFn } from '@vitest/runner';
import fc from 'fast-check';
import { TestRunner } from 'vitest';

const { mutants, files, tests, skip, log } = JSON.parse(readFileSync(process.env.MUTATION_PLAN, 'utf8'));

/** Which mutants the code reached since this was cleared. */
const reached = new Uint8Array(mutants.length);
let active = -1;
let hits = 0;

/** A mutant is reached more often than this only in an endless loop. */
const ENDLESS = 2_000_000;

globalThis.mutant = (id) => {
  reached[id] = 1;
  if (id !== active) return false;
  if (++hits > ENDLESS) throw new Error('endless loop');
  return true;
};

function awake(id) {
  active = id;
  hits = 0;
  // A failing test must not search for the smallest example.
  fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
}

/**
 * Runs each test unmodified, records which mutants it reaches, and then runs for each mutant the tests that reach it
 * until one fails. For mutants in code that runs while a module loads, the modules that import it are loaded again.
 */
export default class MutationRunner extends TestRunner {
  #tests = [];
  #loaded = new Set();
  #files = 0;
  #failed = false;

  async onBeforeCollect() {
    reached.fill(0);
  }

  async onBeforeRunFiles() {
    for (const [id, yes] of reached.entries()) if (yes) this.#loaded.add(id);
  }

  async runTask(test) {
    reached.fill(0);
    const start = performance.now();
    await getFn(test)();
    const ids = [...reached.entries()].flatMap(([id, yes]) => (yes ? [id] : []));
    this.#tests.push({
      file: test.file.filepath,
      name: test.name,
      run: getFn(test),
      ms: performance.now() - start,
      ids: new Set(ids),
    });
  }

  async onAfterRunFiles(all) {
    super.onAfterRunFiles(all);
    this.#files++;
    this.#failed ||= all.some(({ result }) => result?.state === 'fail');
    if (this.#files < tests.length || this.#failed) return;
    console.log = () => {};
    for (const { id, file } of mutants) {
      if (skip.includes(id)) continue;
      report({ id, begun: true });
      report({ id, ...(await this.#judge(id, file)) });
    }
  }

  async #judge(id, file) {
    const judges = this.#tests
      .filter((test) => mayJudge(test.file, file))
      .sort((a, b) => Number(isOwn(b.file, file)) - Number(isOwn(a.file, file)) || a.ms - b.ms);
    for (const test of judges) {
      if (!test.ids.has(id)) continue;
      const outcome = await failure(id, test);
      if (outcome) return outcome;
    }
    if (!this.#loaded.has(id)) return { outcome: judges.some(({ ids }) => ids.has(id)) ? 'survived' : 'unreached' };
    return this.#judgeLoading(id, file, judges);
  }

  /** Loads the test files again with the mutant, first those that reach anything in its file. */
  async #judgeLoading(id, file, judges) {
    const own = new Set(mutants.filter((one) => one.file === file).map((one) => one.id));
    const near = (test) => [...test.ids].some((one) => own.has(one));
    const paths = [...new Set(judges.map((test) => test.file))].filter((path) => this.#importers(file).has(path));
    try {
      for (const path of paths) {
        this.#forget(file);
        awake(id);
        const [collected] = await collectTests([path], this);
        if (collected.result?.state === 'fail') return { outcome: 'killed', by: `${path}: does not load` };
        const known = this.#tests.filter((test) => test.file === path);
        const running = flat(collected).filter(({ mode }) => mode === 'run' || mode === 'queued');
        const fresh = running.map((test, index) => ({
          file: path,
          name: test.name,
          run: getFn(test),
          ms: known[index]?.ms ?? 0,
          near: known[index] ? near(known[index]) : true,
        }));
        if (fresh.length !== known.length) return { outcome: 'killed', by: `${path}: other tests` };
        fresh.sort((a, b) => Number(b.near) - Number(a.near) || a.ms - b.ms);
        for (const test of fresh) {
          if (!test.near && test.ms > 200) continue;
          const outcome = await failure(id, test);
          if (outcome) return outcome;
        }
      }
      return { outcome: 'survived' };
    } finally {
      active = -1;
      this.#forget(file);
    }
  }

  /** All modules that import a file, directly or indirectly, and itself. */
  #importers(file) {
    const { evaluatedModules } = this.workerState;
    const found = new Set();
    const add = (id) => {
      if (found.has(id)) return;
      found.add(id);
      for (const importer of evaluatedModules.getModuleById(id)?.importers ?? []) add(importer);
    };
    add(file);
    return found;
  }

  #forget(file) {
    const { evaluatedModules } = this.workerState;
    for (const id of this.#importers(file)) {
      const module = evaluatedModules.getModuleById(id);
      if (module) evaluatedModules.invalidateModule(module);
    }
  }
}

/** Runs one test with a mutant: returns its failure, undefined if it passed. */
async function failure(id, test) {
  awake(id);
  try {
    await test.run();
    return undefined;
  } catch (error) {
    const by = `${basename(test.file)}: ${test.name}`;
    return { outcome: hits > ENDLESS ? 'timeout' : 'killed', by, why: String(error).slice(0, 200) };
  } finally {
    active = -1;
  }
}

const isOwn = (test, file) => test === file.replace(/\.ts$/, '.test.ts');

/** A test next to another file of the folder is about that file. */
function mayJudge(test, file) {
  if (isOwn(test, file) || dirname(test) !== dirname(file)) return true;
  const hasOwn = tests.includes(file.replace(/\.ts$/, '.test.ts'));
  return !(hasOwn && files.includes(test.replace(/\.test\.ts$/, '.ts')));
}

const flat = ({ tasks }) => tasks.flatMap((task) => (task.type === 'suite' ? flat(task) : [task]));

const report = (line) => appendFileSync(log, `${JSON.stringify(line)}\n`);
