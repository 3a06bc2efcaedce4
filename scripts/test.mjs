// npm test [unit|server|tools|lab|browser] [FILE]: runs all suites, some, or single test files, first installing
// whatever they lack, and reports the results.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { endEverythingIn } from './lib/child.mjs';
import { forgetConformance, writeConformance } from './lib/conformance.mjs';
import { expected, slowest, writeDurations } from './lib/durations.mjs';
import { leftAsItWas, machine } from './lib/machine.mjs';
import { installNodePackages } from './lib/node-packages.mjs';
import { requireNode } from './lib/node-version.mjs';
import { main, Problem } from './lib/problem.mjs';
import { Queue } from './lib/queue.mjs';
import { broken, together, unavailable } from './lib/reports.mjs';
import { repository, results } from './lib/repository.mjs';
import { browser } from './lib/suites/browser.mjs';
import { lab } from './lib/suites/lab.mjs';
import { server } from './lib/suites/server.mjs';
import { tools } from './lib/suites/tools.mjs';
import { unit } from './lib/suites/unit.mjs';

const suites = [unit, server, tools, lab, browser];

/**
 * Number of shards that run in parallel. One more than there are cores would use idle time, but tests with time limits
 * then fail.
 */
const atOnce = Number(process.env.POSTERN_TEST_SHARDS) || availableParallelism();

await main(async () => {
  requireNode();
  const minutes = Number(process.env.POSTERN_TEST_MINUTES) || Number.POSITIVE_INFINITY;
  endEverythingIn(minutes);
  const { chosen, files } = choose(process.argv.slice(2));
  const closing = join(results, 'summary.txt');
  mkdirSync(results, { recursive: true });
  rmSync(closing, { force: true });
  await installNodePackages(repository);
  forgetConformance();

  const queue = new Queue(atOnce, { end: minutes * 60_000 });
  const outcomes = await queue.during(everySuite(chosen, files, queue));

  // A part of the tests would write an incomplete page.
  if (chosen.length === suites.length && files.length === 0) writeConformance();
  const total = together(outcomes);
  writeDurations(total.tests);

  console.log('\n=== slowest tests ===\n');
  for (const { seconds, file, test } of slowest(total.tests))
    console.log(`${seconds.toFixed(0).padStart(4)} s ${file}: ${test}`);
  console.log('\n=== summary ===\n');
  for (const { name, took, notes, ...counts } of outcomes) {
    console.log(
      `${name.padEnd(8)} ${inWords(counts)}${took === undefined ? '' : ` (${took.toFixed(0)} s in its shards)`}`,
    );
    for (const note of notes) console.log(`         ${note}`);
  }
  console.log(`\n${(performance.now() / 60_000).toFixed(1)} minutes, ${atOnce} shards at once`);
  const line = inWords({ ...total, measured: 0 });
  writeFileSync(closing, `${line}\n`);
  console.log(`\n${line}`);
  // A run in which there was time for nothing has shown nothing.
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});

/**
 * The results of the suites. The unit tests need no preparation, so they run while the others install what they lack.
 */
async function everySuite(chosen, files, queue) {
  const early = chosen.filter((suite) => suite === unit).map((suite) => inQueue(suite, files, queue));
  const others = chosen.filter((suite) => suite !== unit);
  const prepared = [];
  for (const suite of others) prepared.push({ ...suite, prepare: await settled(suite) });
  const before = others.length > 0 ? await machine() : undefined;
  const outcomes = await Promise.all([...early, ...prepared.map((suite) => inQueue(suite, files, queue))]);
  return before ? [...outcomes, { name: 'machine', ...(await leftAsItWas(before)) }] : outcomes;
}

/** Waits for the preparation of a suite: returns a function with its result. */
async function settled(suite) {
  try {
    const given = await suite.prepare();
    return async () => given;
  } catch (error) {
    return async () => Promise.reject(error);
  }
}

/**
 * Adds the shards of a suite to the queue, or the parts of them with the files that were named; a suite that breaks is a
 * failure of that suite, and the others still run.
 */
async function inQueue({ name, folders, prepare }, named, queue) {
  try {
    const { missing, shards, closing } = await prepare();
    if (missing) return { name, ...unavailable(missing) };
    const own = named.filter((file) => isIn(folders, file));
    const reports = await queue.add(
      (own.length === 0 ? shards : limited(shards, own)).map((one) => ({ ...one, suite: name })),
    );
    const report = together(reports);
    const took = reports.reduce((sum, one) => sum + one.took, 0);
    return { name, ...report, took, notes: [...report.notes, ...(closing?.() ?? [])] };
  } catch (error) {
    return { name, ...broken(error instanceof Problem ? error.message : error.stack) };
  }
}

/** The parts of shards with these files. */
function limited(shards, files) {
  const lost = files.filter((file) => !shards.some((shard) => shard.files.includes(file)));
  if (lost.length > 0) throw new Problem(`The suite does not have ${lost.join(', ')}.`);
  return shards.flatMap((shard) => {
    const kept = shard.files.filter((file) => files.includes(file));
    return kept.length === 0
      ? []
      : [{ ...shard, files: kept, seconds: kept.reduce((sum, file) => sum + expected(file), 0) }];
  });
}

/** The suites to run, and the files to which the others of their suites are limited. */
function choose(words) {
  if (words.length === 0) return { chosen: suites, files: [] };
  const names = words.filter((word) => suites.some(({ name }) => name === word));
  // npm changes to the folder of the package.
  const from = process.env.INIT_CWD ?? '.';
  const files = words.filter((word) => !names.includes(word)).map((word) => relative(repository, resolve(from, word)));
  const suiteOf = (file) => suites.find(({ folders }) => isIn(folders, file));
  const isTest = (file) => /\.(test|spec)\.(ts|tsx|mjs)$/.test(file) && existsSync(join(repository, file));
  const unknown = files.filter((file) => !suiteOf(file) || !isTest(file));
  if (unknown.length > 0) {
    throw new Problem(
      `There is no suite or test file called ${unknown.join(', ')}. The suites are ${suites.map(({ name }) => name).join(', ')}. Name a file by its path, such as e2e/lab/pgbouncer.test.ts.`,
    );
  }
  const chosen = suites.filter((suite) => names.includes(suite.name) || files.some((file) => suiteOf(file) === suite));
  return { chosen, files: files.filter((file) => !names.includes(suiteOf(file).name)) };
}

function isIn(folders, file) {
  return folders.some((folder) => file.startsWith(`${folder}/`));
}

function inWords({ passed, failed, skipped, measured }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}${measured > 0 ? `, ${measured} only measured` : ''}`;
}
