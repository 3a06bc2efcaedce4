import { expect, test } from 'vitest';
import { fileRules } from './file-rules.ts';
import { parseAgain, parseHba } from './hba.ts';

const rule = (options: string) => `host all all all oauth issuer=https://x.example scope="" ${options}`;

const NOT_SET = {
  18: 'oauth_validator_libraries must be set for authentication method oauth',
  19: 'parameter "oauth_validator_libraries" must be set for authentication method "oauth"',
};
const WHICH = {
  18: 'authentication method "oauth" requires argument "validator" to be set when oauth_validator_libraries contains multiple options',
  19: 'authentication method "oauth" requires option "validator" to be set when "oauth_validator_libraries" contains multiple options',
};
const SYNTAX = 'invalid list syntax in parameter "oauth_validator_libraries"';
const permits = (library: string) => ({
  18: `validator "${library}" is not permitted by oauth_validator_libraries`,
  19: `validator "${library}" is not permitted by "oauth_validator_libraries"`,
});
const BOTH = 'map cannot be used in combination with delegate_ident_mapping';

/** Each as the servers of 18 and of 19 show it: the error, or the last options. */
const table: readonly (readonly [libraries: string, options: string, shown: string | { 18: string; 19: string }])[] = [
  ['', '', NOT_SET],
  ['', 'validator=b map=m', NOT_SET],
  ['  ', 'validator=b', NOT_SET],
  ['a', '', 'validator=a'],
  ['a', 'validator=b', permits('b')],
  ['a', 'validator=""', permits('')],
  ['a', 'map=m', 'map=m issuer=https://x.example scope= validator=a'],
  ['a', 'map=m delegate_ident_mapping=0', 'map=m issuer=https://x.example scope= validator=a'],
  ['a', 'map=m delegate_ident_mapping=1', BOTH],
  ['a,b', 'map=m delegate_ident_mapping=1', WHICH],
  ['a,b', '', WHICH],
  ['a,b', 'validator=b', 'validator=b'],
  ['a,b', 'validator=b delegate_ident_mapping=1', 'validator=b delegate_ident_mapping=true'],
  ['"a", b', 'validator=b', 'validator=b'],
  ['a,,b', 'validator=b', SYNTAX],
  [',', '', SYNTAX],
  ['"', '', SYNTAX],
  ['"a"x', '', SYNTAX],
  [' a ', '', 'validator=a'],
  ['A', '', 'validator=A'],
  ['x y', '', 'validator=x y'],
  ['"x y"', 'validator="x y"', 'validator=x y'],
  ['""', '', 'validator='],
  ['a""', '', 'validator=a""'],
  ['/x//y,./b', 'validator=b', 'validator=b'],
  ['/x//y,./b', 'validator=/x/y', 'validator=/x/y'],
  ['./b', 'validator="./b"', permits('./b')],
  ['b/', '', 'validator=b'],
  ['b/../b', '', 'validator=b'],
];

test.each(table)('oauth_validator_libraries = %j, %s', (libraries, options, shown) => {
  for (const major of [18, 19] as const) {
    const [row] = fileRules(rule(options), { major, oauthValidatorLibraries: libraries });
    const expected = typeof shown === 'string' ? shown : shown[major];
    expect(row?.error ?? row?.options?.join(' ').slice(-expected.length), `PostgreSQL ${major}`).toBe(expected);
    const hba = parseHba(rule(options), { major, oauthValidatorLibraries: libraries });
    expect(hba.refused.map(({ error }) => error)).toEqual(row?.error === null ? [] : [row?.error]);
  }
});

test("the options of a library are not in the view, and an edited file is read with the server's libraries", () => {
  const text = rule('validator.audience=x validator.b=');
  const [row] = fileRules(text, { major: 19, oauthValidatorLibraries: 'a' });
  expect(row?.options).toEqual(['issuer=https://x.example', 'scope=', 'validator=a']);
  const hba = parseHba(text, { major: 19, oauthValidatorLibraries: 'a' });
  expect(hba.records[0]?.record.unshown).toEqual(['validator.audience=x', 'validator.b=']);
  expect(parseAgain(`${text}\n`, hba).refused).toEqual([]);
  expect(parseAgain(`${text}\n`, hba, { as: 18 }).refused).toHaveLength(1);
  expect(parseHba(text, { major: 19 }).refused).toHaveLength(1);
});
