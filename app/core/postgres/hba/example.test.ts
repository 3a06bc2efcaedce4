import fc from 'fast-check';
import { expect, test } from 'vitest';
import { examplesOf } from './example.ts';
import { expressionOf, onlyMatch } from './expression.ts';

test.each([
  ['^app_[0-9]{3}$', 'app_111'],
  ['^(read|write)_x+$', 'write_x'],
  ['^a?b*$', 'ab'],
  ['^[m-p]$', 'm'],
  ['^\\d\\w$', '1x'],
  ['^[^a-z]$', '1'],
  ['^(?=ab)abc$', 'abc'],
  ['^é$', 'é'],
  ['(?i)^ADMIN$', 'aDMIN'],
  ['_ro$', 'other__ro'],
  ['***=a.b', 'a.b'],
])('/%s matches %s', (source, name) => {
  const examples = examplesOf(source);
  expect(examples).toContain(name);
  for (const one of examples) expect([one, expressionOf(source)?.test(one)]).toEqual([one, true]);
});

test.each(['(', '(.)\\1', '^x{64}$'])('/%s has no example', (source) => expect(examplesOf(source)).toEqual([]));

test.each([
  ['^app$', 'app'],
  ['^/\\^db\\.\\*\\$$', '/^db.*$'],
  ['^é$', 'é'],
  ['^$', ''],
])('/%s matches %s only', (source, name) => {
  expect(onlyMatch(source)).toBe(name);
  const matches = expressionOf(source);
  expect([name, `${name}a`, `a${name}`, name.toUpperCase()].map((text) => matches?.test(text))).toEqual([
    true,
    false,
    false,
    name === '',
  ]);
});

test.each(['^a', 'a$', '^a.$', '^\\d$', '^a|b$', '(?i)^a$', '^(a)$', '^a{2}$', '^a\\$'])(
  '/%s may match more than one name',
  (source) => expect(onlyMatch(source)).toBeUndefined(),
);

test('an expression with a single match matches nothing else', () => {
  const pieces = [
    'a',
    'b',
    '\\.',
    '\\$',
    '\\_',
    '\\é',
    'é',
    '/',
    '.',
    '*',
    '(',
    ')',
    '|',
    '\\d',
    '\\\\',
    ' ',
    '^',
    '$',
  ];
  const names = fc.string({ unit: fc.constantFrom('a', 'b', '.', '$', '_', 'é', '/', '\\', ' '), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), names, (some, name) => {
      const source = `^${some.join('')}$`;
      const only = onlyMatch(source);
      if (only === undefined) return;
      const matches = expressionOf(source);
      expect([source, matches?.test(only), matches?.test(name)]).toEqual([source, true, name === only]);
    }),
    { numRuns: 2000 },
  );
});
