import { expect, test } from 'vitest';
import { tidy } from './tidy.ts';

const tidied = (...lines: readonly string[]) => tidy(`${lines.join('\n')}\n`, { major: 17 });

test.each([
  ['halves of a network', ['host a x 10.0.0.0/25 md5', 'host a x 10.0.0.128/25 md5'], ['host a x 10.0.0.0/24 md5']],
  [
    'halves of halves, in IPv6',
    ['host a x 2001:db8::/34 md5', 'host a x 2001:db8:4000::/34 md5', 'host a x 2001:db8:8000::/33 md5'],
    ['host a x 2001:db8::/32 md5'],
  ],
  ['users', ['local a x peer', 'local a +y peer', 'local a "all" peer'], ['local a x,+y,"all" peer']],
  ['databases', ['host  a  x  all  md5  ', 'host b,a x all md5'], ['host  a,b  x  all  md5  ']],
  [
    'records with another one between, at the line of the first',
    ['host a x 10.0.0.0/25 md5', 'host b y all reject', 'host a x 10.0.0.128/25 md5'],
    ['host a x 10.0.0.0/24 md5', 'host b y all reject'],
  ],
  [
    'records with a conflicting one between, at the line of the last',
    ['host a x 10.0.0.0/25 md5', 'host a x 10.0.0.128/26 trust', 'host a x 10.0.0.128/25 md5'],
    ['host a x 10.0.0.128/26 trust', 'host a x 10.0.0.0/24 md5'],
  ],
])('merges %s', (_, before, after) => {
  const { text, merged, more } = tidied(...before);
  expect(text).toBe(`${after.join('\n')}\n`);
  expect(merged.length).toBe(1);
  expect(more).toBe(false);
});

test.each([
  ['another method', ['host a x 10.0.0.0/25 md5', 'host a x 10.0.0.128/25 trust']],
  ['two fields that differ', ['host a x 10.0.0.0/25 md5', 'host b x 10.0.0.128/25 md5']],
  ['adjacent networks that are not halves of one', ['host a x 10.0.0.128/25 md5', 'host a x 10.0.1.0/25 md5']],
  [
    'records with a conflicting one between',
    ['host a x 10.0.0.0/8 md5', 'host all all all trust', 'host b x 10.0.0.0/8 md5'],
  ],
  ['a comment above the second record', ['host a x all md5', '# y is new', 'host a y all md5']],
  ['a comment after the record', ['host a x all md5', 'host a y all md5 # y is new']],
  ['a list in a file', ['host a x all md5', 'host a @users all md5']],
  ['a merged line that would be too long', [`host a ${'x'.repeat(60)} all md5`, `host a ${'y'.repeat(60)} all md5`]],
])('does not merge: %s', (_, lines) => {
  const { text, merged } = tidied(...lines);
  expect(merged).toEqual([]);
  if (!lines.join().includes('trust')) expect(text).toBe(`${lines.join('\n')}\n`);
});

test('removes records that a merge makes unreachable', () => {
  const { text, removed, merged } = tidied(
    'host b all 10.0.0.0/25 md5',
    'host b x 10.0.0.128/26 md5',
    'host b all 10.0.0.128/25 md5',
  );
  expect(text).toBe('host b all 10.0.0.0/24 md5\n');
  expect(merged).toEqual([{ lines: [1, 3], at: 1, text: 'host b all 10.0.0.0/24 md5' }]);
  expect(removed).toEqual([{ line: 2, by: [{ line: 1 }] }]);
});

test('merges every token into all', () => {
  const { text } = tidied('local samerole all trust', 'local all "+a" trust', 'local all all trust');
  expect(text).toBe('local all all trust\n');
});

test('keeps replication next to all', () => {
  expect(tidied('host replication x all md5', 'host all x all md5', 'host a y all md5').text).toBe(
    'host all,replication x all md5\nhost a y all md5\n',
  );
});
