import { expect, test } from 'vitest';
import { examplesOf } from './example.ts';
import { expressionOf } from './expression.ts';

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
