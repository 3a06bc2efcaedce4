import { expect, test } from 'vitest';
import { isLoopback } from './loopback.ts';
import { parsePrefix } from './prefix.ts';

test.each([
  ['127.0.0.1', true],
  ['127.255.255.255', true],
  ['127.0.0.0/8', true],
  ['126.0.0.0/7', false],
  ['128.0.0.1', false],
  ['0.0.0.0/0', false],
  ['::1', true],
  ['::/127', false],
  ['::2', false],
  ['::7f00:1', false],
])('%s: %s', (text, expected) => {
  const prefix = parsePrefix(text);
  if (!prefix) throw new Error(text);
  expect(isLoopback(prefix)).toBe(expected);
});
