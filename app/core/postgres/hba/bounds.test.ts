import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeBytes } from '../../bytes/bytes.ts';
import { expressionOf } from './expression.ts';
import { fileRules } from './file-rules.ts';
import { parseHba, printHba } from './hba.ts';
import { regexProblem } from './regex.ts';
import { LARGEST } from './tokenize.ts';

const many = 400_000;

/** Texts on which a parser that backtracks, or copies its input, takes minutes. */
const hostile: readonly (readonly [string, string])[] = [
  ['NULs', '\0'.repeat(4 * many)],
  ['carriage returns', `${'\r'.repeat(many)}x`],
  ['one token', 'x'.repeat(many)],
  ['quotes', '"'.repeat(many)],
  ['commas', 'a,'.repeat(many / 2)],
  ['fields', 'a '.repeat(many / 2)],
  ['continuation lines', 'a\\\n'.repeat(100_000)],
  ['continuation lines of nothing', '\\\n\r'.repeat(100_000)],
  ['empty lines', '\n'.repeat(200_000)],
  ['an address of digits', `host all all ${'9'.repeat(many)}/8 trust`],
  ['an address of zeros', `host all all 0x${'0'.repeat(many)}/8 trust`],
  ['an address of groups', `host all all ${'0:'.repeat(many / 2)} trust`],
  ['a prefix length of digits', `host all all 1.2.3.4/${'1'.repeat(many)} trust`],
  ['options', `host all all all trust ${'map=m '.repeat(150_000)}`],
  ['groups of an expression', `local /${'('.repeat(many)} all trust`],
  ['an expression of one character', `local /${'a'.repeat(many)} all trust`],
];

test.each(hostile)('a file of %s is read, and printed unchanged', (_, text) => {
  for (const major of [11, 18]) {
    const hba = parseHba(text, { major });
    expect(printHba(hba) === text).toBe(true);
    expect(fileRules(text, { major }).length).toBe(hba.records.length + hba.refused.length);
  }
});

test.each([11, 18])(
  'PostgreSQL %i: a file of unrealistic size is one line that says so, and keeps its bytes',
  (major) => {
    const text = 'local all all trust\n'.repeat(LARGEST.characters / 16);
    const hba = parseHba(text, { major });
    expect(hba.records).toEqual([]);
    expect(hba.refused).toEqual([{ line: 1, error: expect.stringContaining('not read here') }]);
    expect(hba.lines.length).toBe(1);
    expect(printHba(hba) === text).toBe(true);
  },
);

test.each([11, 15, 16])('PostgreSQL %i: reading files that name one another terminates', (major) => {
  const files = {
    a: '@b @b @b @b\n'.repeat(20),
    b: '@a @a @a @a\n'.repeat(20),
    'd/x.conf': 'include_dir .\n'.repeat(20),
  };
  for (const text of ['local @a all trust\n', 'include_dir d\n', 'include pg_hba.conf\n'.repeat(9)]) {
    const hba = parseHba(text, { major, files });
    expect(hba.refused.length).toBeGreaterThan(0);
  }
});

test('a file with many records in an included one is read', () => {
  const files = { 'many.conf': 'local a b trust\n'.repeat(200_000), names: 'x\n'.repeat(200_000) };
  const hba = parseHba('include many.conf\nlocal @names all trust\n', { major: 18, files });
  expect(hba.records.length).toBe(200_001);
});

test('an expression matches bytes, as in the server, which does not yet know the encoding of a database', () => {
  const matches = (source: string, text: string) => expressionOf(source)?.test(text);
  expect(matches('^caf.$', 'café')).toBe(false);
  expect(matches('^caf..$', 'café')).toBe(true);
  expect(matches('^café$', 'café')).toBe(true);
  expect(matches('^caf[é]$', 'café')).toBe(false);
  expect(matches('^caf.$', 'caf\udce9')).toBe(true);
  expect(matches('^caf\\xe9$', 'caf\udce9')).toBe(true);
  expect(matches('^caf\\xe9$', 'café')).toBe(false);
  // `pg_hba_file_rules` reads characters and calls this range invalid; the server loads it.
  const backwards = 'local "/[ü-é]" all trust\n';
  expect(parseHba(backwards, { major: 18 }).refused).toEqual([]);
  expect(fileRules(backwards, { major: 18 })[0]?.error).toContain('invalid regular expression');
});

test('an expression that takes other engines minutes is evaluated at once', () => {
  const text = 'a'.repeat(500);
  for (const source of [
    '(a*)*b',
    '(a+)+b',
    '(a|a)*b',
    '(a|aa)+$b',
    '(.*)(.*)(.*)(.*)(.*)b',
    '((a*)*)*b',
    'a{0,255}a{255}b',
  ])
    expect(expressionOf(source)?.test(text), source).toBe(false);
  expect(expressionOf('((a{1,255}){1,255}){1,255}')).toBeUndefined();
});

test('any expression is parsed, and can be matched against any text', () => {
  const pieces = fc.constantFrom(
    ...'ab.*+?()[]{}|^$\\,:=!<-09 ',
    '(?=',
    '(?<!',
    '[[:alpha:]]',
    '\\d',
    '\\m',
    '\\y',
    '(?i)',
    '***:',
    '{2,3}',
  );
  const source = fc.oneof(
    fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(source, fc.string({ unit: 'binary' }), (expression, text) => {
      const machine = expressionOf(expression);
      if (machine) expect(regexProblem(encodeBytes(expression))).toBeUndefined();
      expect([true, false, undefined]).toContain(machine?.test(text));
    }),
    { numRuns: 1000 },
  );
});

test('the length of a token counts bytes, and the rest of a character cut by the line limit is read as the next line', () => {
  const error = (text: string, major: number) => fileRules(text, { major }).map((row) => row.error);
  const long = `local ${'é'.repeat(6000)} all trust\n`;
  expect(error(long, 15)).toEqual(['authentication file token too long']);
  expect(error(long, 16)).toEqual([null]);
  expect(error(`# ${'é'.repeat(10_238)}\ufffd`, 13)).toEqual([
    'authentication file line too long',
    'invalid connection type "\udcbf\udcbd"',
  ]);
});
