import { expect, test } from 'vitest';
import { regexText } from '../quote/fail2ban.ts';
import { prefixDoubt, regexOfPrefix } from './log-prefix.ts';

/** After one change of notation, JavaScript's own engine can read the escapes. */
const matcher = (prefix: string) =>
  new RegExp(
    `^${regexOfPrefix(prefix)
      .replace(/\\U([0-9a-f]{8})/g, '\\u{$1}')
      .replace('<ADDR>', '(?<host>[0-9a-f.:]+)')}FATAL`,
    'u',
  );

test.each([
  ['%m [%p] %h ', '2026-11-24 11:00:00.123 UTC [42] 2001:db8::1 FATAL'],
  ['%t %r|', '2026-11-24 11:00:00 +03 2001:db8::1(4711)|FATAL'],
  ['<%-20h> %% ', '<2001:db8::1         > % FATAL'],
])('%s is matched', (prefix, line) => {
  expect(matcher(prefix).exec(line)?.groups?.host).toBe('2001:db8::1');
  expect(matcher(prefix).test(`\t${line}`)).toBe(false);
});

test('no character of a prefix has a special meaning to fail2ban', () => {
  expect(regexText('%(x)s <HOST> ; # .*')).toMatch(/^([A-Za-z0-9]|\\U[0-9a-f]{8})*$/);
});

test.each([
  ['%m [%p] ', 'noHost'],
  ['%p%h ', 'glued'],
  ['%h%p ', 'glued'],
  ['%a %h ', 'before'],
  ['%h %u ', 'newline'],
  ['%m [%p] %h %a ', undefined],
])('%s: %s', (prefix, doubt) => expect(prefixDoubt(prefix)).toBe(doubt));
