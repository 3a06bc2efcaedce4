import { expect, test } from 'vitest';
import { instrument } from './instrument.mjs';
import { mutantsOf } from './mutants.mjs';

/** The text with each of its mutants. */
const changed = (text) =>
  mutantsOf(text).map(({ start, end, text: other }) => text.slice(0, start) + other + text.slice(end));

test.each([
  ['x = a < b;', ['x = a <= b;', 'x = a >= b;', ';']],
  ['x = a && b;', ['x = a;', 'x = a || b;', 'x = b;', ';']],
  ['const x = !a;', ['const x = a;']],
  ['const x = a ? b : c;', ['const x = true ? b : c;', 'const x = false ? b : c;']],
  ['if (a) return;', ['if (true) return;', 'if (false) return;', 'if (a) ;']],
  [
    'const x = [1n, "a", false];',
    ['const x = [];', 'const x = [2n, "a", false];', "const x = [1n, '', false];", 'const x = [1n, "a", true];'],
  ],
  ['const x = a ?? b ?? c;', ['const x = (a ?? b) && (c);', 'const x = (a) && (b) ?? c;']],
  ['const x = a.some(b);', ['const x = a.every(b);']],
  ['const x = a?.filter(b).length;', ['const x = a.length;']],
  ['const x = sh`a \x24{b}`;', ['const x = sh``;']],
  [
    'const x = /^[a-z]+/i;',
    [
      'const x = /[a-z]+/i;',
      'const x = /^[^a-z]+/i;',
      'const x = /^[a-z]/i;',
      'const x = /^[a-z]*/i;',
      'const x = /^[a-z]+/;',
    ],
  ],
])('%s', (text, expected) => expect(changed(text).sort()).toEqual([...expected].sort()));

test.each([
  "import { a } from 'b';",
  "type A = 'a' | 'b';",
  "const x = { 'a-b': y };",
  "const x = { title: 'Ask for a password', why: 'a' };",
  "const x = 'PostgreSQL rejects the file.';",
  'give(new Error(`no \x24{a}`));',
])('nothing that runs is changed in %s', (text) => {
  expect(changed(text).filter((other) => other !== ';')).toEqual([]);
});

test('a text with all its mutants behaves as each of them, one at a time', () => {
  const text = 'let sum = 0; for (const n of list) { if (n < 2 && n !== 1) continue; sum += n; } return sum;';
  const mutants = mutantsOf(text).map((mutant, id) => ({ id, ...mutant }));
  const run = (source, active) => new Function('list', 'mutant', source)([0, 1, 2, 3], (id) => id === active);
  const all = instrument(text, mutants);
  expect(run(all, undefined)).toBe(run(text, undefined));
  for (const { id, start, end, text: other } of mutants)
    expect(run(all, id), other).toBe(run(text.slice(0, start) + other + text.slice(end)));
});

test('an optional chain is not split', () => {
  const text = 'return a?.filter((one) => one).length;';
  const all = instrument(
    text,
    mutantsOf(text).map((mutant, id) => ({ id, ...mutant })),
  );
  expect(new Function('a', 'mutant', all)(undefined, () => false)).toBe(undefined);
});
