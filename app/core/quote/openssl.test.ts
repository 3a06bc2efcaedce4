import { expect, test } from 'vitest';
import { opensslSubject } from './openssl.ts';

test.each([
  ['payroll', '/CN=payroll'],
  ['a/b', "'/CN=a\\/b'"],
  ['a+b', "'/CN=a\\+b'"],
  ['a\\', "'/CN=a\\\\'"],
  ['$(id)', "'/CN=$(id)'"],
  ["o'brien", "'/CN=o'\\''brien'"],
])('the common name %s is one literal subject', (name, word) => {
  expect(opensslSubject(name)).toBe(word);
});
