// npm test [unit|server|tools|lab|browser]: runs the rungs, installing first whatever they lack, and counts what they came to.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { forgetConformance, writeConformance } from './lib/conformance.mjs';
import { installNodePackages } from './lib/node-packages.mjs';
import { requireNode } from './lib/node-version.mjs';
import { main, Problem } from './lib/problem.mjs';
import { together } from './lib/reports.mjs';
import { repository, results } from './lib/repository.mjs';
import { browser } from './lib/rungs/browser.mjs';
import { lab } from './lib/rungs/lab.mjs';
import { server } from './lib/rungs/server.mjs';
import { tools } from './lib/rungs/tools.mjs';
import { unit } from './lib/rungs/unit.mjs';

const rungs = [unit, server, tools, lab, browser];

await main(async () => {
  requireNode();
  const chosen = choose(process.argv.slice(2));
  const closing = join(results, 'summary.txt');
  mkdirSync(results, { recursive: true });
  rmSync(closing, { force: true });
  await installNodePackages(repository);
  forgetConformance();

  const outcomes = [];
  for (const rung of chosen) {
    console.log(`\n=== ${rung.name}: ${rung.about} ===\n`);
    outcomes.push({ name: rung.name, ...(await timed(() => rung.run())) });
  }

  // A part of the rungs would write a part of the page.
  if (chosen.length === rungs.length) writeConformance();

  console.log('\n=== summary ===\n');
  for (const { name, seconds, notes, ...counts } of outcomes) {
    console.log(`${name.padEnd(8)} ${inWords(counts)} (${seconds.toFixed(0)} s)`);
    for (const note of notes) console.log(`         ${note}`);
  }
  const total = together(outcomes);
  const line = inWords(total);
  writeFileSync(closing, `${line}\n`);
  console.log(`\n${line}`);
  return total.failed === 0 ? 0 : 1;
});

function choose(names) {
  if (names.length === 0) return rungs;
  const unknown = names.filter((name) => !rungs.some((rung) => rung.name === name));
  if (unknown.length > 0) {
    throw new Problem(
      `There is no rung called ${unknown.join(', ')}. The rungs are ${rungs.map(({ name }) => name).join(', ')}.`,
    );
  }
  return rungs.filter(({ name }) => names.includes(name));
}

async function timed(run) {
  const began = performance.now();
  try {
    return { ...(await run()), seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    // A rung that breaks is a failure of that rung; the others still run.
    const reason = error instanceof Problem ? error.message : error.stack;
    return { passed: 0, failed: 1, skipped: 0, notes: [reason], seconds: (performance.now() - began) / 1000 };
  }
}

function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
