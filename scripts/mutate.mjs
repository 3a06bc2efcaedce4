// npm run mutate -- FOLDER [file…] [--sample N] [--seed N]: changes the code in one place at a time, in memory, and
// lists the changes that no test of the folder detects.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { child } from './lib/child.mjs';
import { main, Problem } from './lib/problem.mjs';
import { repository } from './lib/repository.mjs';
import { compiler } from './mutate/compiler.mjs';
import { instrument } from './mutate/instrument.mjs';
import { mutantsOf } from './mutate/mutants.mjs';

const core = join(repository, 'app/core');
const session = fileURLToPath(new URL('./mutate/session.mjs', import.meta.url));

/** Time limit in seconds for one run of all tests, and for one mutant. */
const LIMIT = 600;

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
  });
  const [folder, ...names] = positionals;
  if (!folder || !existsSync(join(core, folder)))
    throw new Problem('Name a folder of app/core, such as audit, quote, diagnosis or hba-analysis.');
  const all = readdirSync(join(core, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(core, folder, name))
    .sort();
  const tests = all.filter((path) => path.endsWith('.test.ts'));
  const files = all.filter(
    (path) => !path.endsWith('.test.ts') && (names.length === 0 || names.some((name) => path.includes(name))),
  );
  const every = files.flatMap((file) => mutantsOf(readFileSync(file, 'utf8')).map((mutant) => ({ file, ...mutant })));
  const mutants = sampled(every, Number(values.sample ?? every.length), Number(values.seed)).map((mutant, id) => ({
    ...mutant,
    id,
  }));
  console.log(`${mutants.length} of ${every.length} mutants in ${files.length} files, ${tests.length} test files`);

  const outcomes = await judge(mutants, files, tests, values.seed);
  const compiles = compiler(join(repository, 'tsconfig.core.json'));
  for (const { id, file, start, end, text } of mutants) {
    const outcome = outcomes.get(id);
    if (outcome?.outcome !== 'survived' && outcome?.outcome !== 'unreached') continue;
    const source = readFileSync(file, 'utf8');
    if (!compiles(file, source.slice(0, start) + text + source.slice(end))) outcome.outcome = 'compiler';
  }
  print(mutants, outcomes);
});

/** This many of them, chosen by seed, in their order. */
function sampled(mutants, count, seed) {
  if (count >= mutants.length) return mutants;
  const random = generator(seed);
  const drawn = mutants.map((mutant, index) => ({ mutant, index, draw: random() }));
  return drawn
    .sort((a, b) => a.draw - b.draw)
    .slice(0, count)
    .sort((a, b) => a.index - b.index)
    .map(({ mutant }) => mutant);
}

/** mulberry32 */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The result of each mutant. A session that hangs at a mutant is ended and continues with the next in a new process.
 */
async function judge(mutants, files, tests, seed) {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  const [plan, log] = [join(folder, 'plan.json'), join(folder, 'log.jsonl')];
  const code = {};
  for (const file of files) {
    const own = mutants.filter((mutant) => mutant.file === file);
    if (own.length > 0) code[file] = instrument(readFileSync(file, 'utf8'), own);
  }
  const outcomes = new Map();
  try {
    writeFileSync(log, '');
    while (outcomes.size < mutants.length) {
      const before = outcomes.size;
      const skip = [...outcomes.keys()];
      writeFileSync(
        plan,
        JSON.stringify({ code, files, tests, log, skip, mutants: mutants.map(({ id, file }) => ({ id, file })) }),
      );
      const { output } = await child(process.execPath, [session], {
        cwd: repository,
        env: { MUTATION_PLAN: plan, FC_SEED: seed },
        limit: LIMIT,
        grows: log,
      });
      const lines = readFileSync(log, 'utf8').trim().split('\n').filter(Boolean);
      for (const line of lines) {
        const { id, begun, ...outcome } = JSON.parse(line);
        if (!begun) outcomes.set(id, outcome);
      }
      const last = lines.length > 0 ? JSON.parse(lines.at(-1)) : undefined;
      if (last?.begun) outcomes.set(last.id, { outcome: 'timeout', by: 'no end' });
      if (outcomes.size === before) throw new Problem(`The tests do not run:\n${output}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return outcomes;
}

function print(mutants, outcomes) {
  const kinds = ['killed', 'timeout', 'compiler', 'survived', 'unreached'];
  const row = (name, some) => {
    const counts = kinds.map((kind) => some.filter(({ id }) => outcomes.get(id)?.outcome === kind).length);
    const alive = counts[3] + counts[4];
    const share = (100 * alive) / Math.max(1, some.length - counts[2]);
    return [name.padEnd(44), some.length, ...counts, `${share.toFixed(1)} %`]
      .map((cell) => `${cell}`.padStart(9))
      .join(' ');
  };
  console.log([''.padEnd(44), 'mutants', ...kinds, 'alive'].map((cell) => cell.padStart(9)).join(' '));
  for (const file of new Set(mutants.map((mutant) => mutant.file)))
    console.log(
      row(
        relative(core, file),
        mutants.filter((mutant) => mutant.file === file),
      ),
    );
  console.log(row('total', mutants));
  console.log();
  for (const { id, file, start, end, text } of mutants) {
    const { outcome } = outcomes.get(id) ?? {};
    if (outcome !== 'survived' && outcome !== 'unreached') continue;
    const source = readFileSync(file, 'utf8');
    const line = source.slice(0, start).split('\n').length;
    const note = outcome === 'unreached' ? '  (no test gets here)' : '';
    console.log(`${relative(repository, file)}:${line}  ${short(source.slice(start, end))}  →  ${short(text)}${note}`);
  }
}

function short(text) {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 67)}…` : line;
}
