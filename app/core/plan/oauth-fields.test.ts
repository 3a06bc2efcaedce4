import { describe, expect, test } from 'vitest';
import {
  checkClientId,
  checkIdentity,
  checkIssuer,
  checkLibrary,
  checkScope,
  checkValidatorOption,
  discoveryOf,
} from './oauth-fields.ts';
import type { Check } from './text.ts';

const fields: readonly (readonly [name: string, check: Check, valid: readonly string[], invalid: readonly string[]])[] =
  [
    [
      'issuer',
      checkIssuer,
      [
        'https://login.example.com',
        'https://login.example.com/',
        'https://LOGIN.example.com:8443/realms/Staff',
        'https://accounts.google.com',
        'https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0',
        'https://[2001:db8::1]:443/a',
        'https://198.51.100.7/.well-known/oauth-authorization-server/x',
        "https://login.example.com/(it's),a;b%20c",
      ],
      [
        '',
        'login.example.com',
        'http://login.example.com',
        'HTTPS://login.example.com',
        'https://',
        'https:///path',
        'https://login.example.com?tenant=1',
        'https://login.example.com/#x',
        'https://user@login.example.com',
        'https://login.example.com/a b',
        'https://login.example.com/"',
        'https://login.example.com/\\',
        'https://login.example.com:0',
        'https://login.example.com/.well-known/openid-configuration',
        'https://login.example.com:65536',
        'https://login_.example.com',
        'https://[login.example.com]',
        'https://[::1',
        'https://login.example.com/\n',
        ' https://login.example.com',
        'https://login.example.com/é',
        `https://login.example.com/${'a'.repeat(500)}`,
      ],
    ],
    [
      'scope',
      checkScope,
      ['openid', 'openid profile api://shop/.default', "it's#,;!"],
      ['', ' ', 'openid ', ' openid', 'openid  email', 'a"b', 'a\\b', 'a\tb', 'a\nb', 'é', 'a'.repeat(501)],
    ],
    ['client ID', checkClientId, ['psql', '0a1b-2c', 'it\'s"\\#'], ['', 'a b', 'é', 'a\n', 'a'.repeat(201)]],
    [
      'validator library',
      checkLibrary,
      ['pg_oidc_validator', 'a', '$libdir/validator', '/opt/lib/my-validator.so', '/validator', 'v1.2+x'],
      [
        '',
        'a,b',
        'a b',
        '"a"',
        "a'",
        './a',
        'a/b',
        '../a',
        '/a//b',
        '/a/../b',
        '/a/./b',
        '/a/',
        '$libdir',
        '$libdir/',
        '$other/a',
        '.hidden',
        '-a',
        'a\n',
        'é',
        'C:\\a',
        'a'.repeat(201),
      ],
    ],
    [
      'validator option',
      checkValidatorOption,
      ['audience=postgres', 'a_B-9=', 'a=b=c', 'a= "x", #\\'],
      ['', 'audience', '=x', 'a.b=1', 'a b=1', 'é=1', 'a=\n', `a=${'b'.repeat(500)}`],
    ],
    [
      'identity',
      checkIdentity,
      ['maria@example.com', '+all', 'all', 'a "b" #\\1', 'María'],
      ['', '/^(.*)$', ' maria', 'maria\n', 'a'.repeat(201)],
    ],
  ];

describe.each(fields)('%s', (_, check, valid, invalid) => {
  test.each(valid)('%j is accepted', (value) => expect(check(value)).toBeUndefined());
  test.each(invalid)('%j is rejected', (value) => expect(check(value)).toMatchObject({ text: expect.any(String) }));
});

test('a discovery document is rejected with the issuer to write instead', () =>
  expect(checkIssuer('https://login.example.com/realms/staff/.well-known/openid-configuration')).toMatchObject({
    id: 'oauth.discovery',
    fix: 'https://login.example.com/realms/staff',
  }));

test.each([
  ['https://a.example/b', 'https://a.example/b', 'https://a.example/b/.well-known/openid-configuration'],
  [
    'https://a.example/.well-known/oauth-authorization-server/b',
    'https://a.example/b',
    'https://a.example/.well-known/oauth-authorization-server/b',
  ],
])('%s calls itself %s', (value, issuer, document) => expect(discoveryOf(value)).toEqual({ issuer, document }));
