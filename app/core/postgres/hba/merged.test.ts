import { expect, it } from 'vitest';
import { mergedRules } from './merged.ts';

const block = '# BEGIN Postern\nhostssl app app 198.51.100.0/28 scram-sha-256\n# END Postern\n';
const file = `# header\n\n${block}`;
const merged = (present: string, of = file) => mergedRules(present, of);

it.each([
  ['', block],
  ['local all all peer\n', `local all all peer\n${block}`],
  ['local all all peer', `local all all peer\n${block}`],
  ['a\r\n\n\n', `a\r\n\n\n${block}`],
])('%j gets the block at its end', (present, expected) => {
  expect(merged(present)).toBe(expected);
});

it('replaces an earlier block and moves what follows it in front', () => {
  const present = 'one\n# BEGIN Postern\nold\n# END Postern\ntwo\n';
  expect(merged(present)).toBe(`one\ntwo\n${block}`);
});

it('does not change a file whose marks are not exactly one pair, which apply.sh rejects', () => {
  const present = 'a\n# BEGIN Postern\nhost keepme\n';
  expect(merged(present)).toBe(present);
});

it('does not change a file that already has the block, wherever the block is', () => {
  const present = `one\n${block}two\n`;
  expect(merged(present)).toBe(present);
  expect(merged(merged('one'))).toBe(merged('one'));
});
