import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type FileRule, fileRules } from './file-rules.ts';
import { parseHba } from './hba.ts';

type Answer = readonly [FileRule['options'], FileRule['error']];

const answerOf = (rule: string, major: number): Answer | undefined => {
  const [row] = fileRules(rule, { major });
  return row && [row.options, row.error];
};
const ruleOf = (url: string) => `host all all 10.0.0.0/8 ldap "ldapurl=${url}"`;
const optionsOf = (url: string, major = 18) => answerOf(ruleOf(url), major)?.[0];

/** Vite cannot read JSON with a lone surrogate, which represents a byte here. */
const recorded = JSON.parse(readFileSync(new URL('ldap-url.recorded.json', import.meta.url), 'utf8')) as {
  readonly servers: Readonly<Record<string, string>>;
  readonly rules: readonly [string, ...[number[], ...Answer][]][];
};

/** Written by `POSTERN_RECORD=1` and the test on real servers (e2e/server/proofs/ldap-url.test.ts). */
const { rules } = recorded;

describe.each(Object.entries(recorded.servers))('LDAP URLs as PostgreSQL %s showed them: %s', (name) => {
  test('fileRules shows them the same', () => {
    const major = Number(name);
    const said = rules.map(([rule, ...answers]) => {
      const [, ...answer] = answers.find(([majors]) => majors.includes(major)) ?? [[], null, null];
      return { rule, answer };
    });
    expect(said.length).toBeGreaterThan(300);
    expect(said.map(({ rule }) => ({ rule, answer: answerOf(rule, major) }))).toEqual(said);
  });
});

const cases = new URL('../../../../../shared/reports/ldapurl.json', import.meta.url);

test.skipIf(!existsSync(cases))(
  'LDAP URLs of the reports outside the repository are shown as PostgreSQL 15 shows them',
  () => {
    const all = JSON.parse(readFileSync(cases, 'utf8')) as {
      url: string;
      before: string;
      extra: string;
      server: Answer;
    }[];
    for (const { url, before, extra, server } of all)
      expect(answerOf(`host all all 10.0.0.0/8 ldap${before} ldapurl="${url}"${extra}`, 15), url).toEqual(server);
  },
);

describe('an LDAP URL', () => {
  test('of a global catalog needs no base DN', () => {
    expect(parseHba(ruleOf('ldap://gc.example.com:3268/?sAMAccountName?sub'), { major: 18 }).refused).toEqual([]);
    expect(optionsOf('ldap://gc.example.com:3268/?sAMAccountName?sub')).toEqual([
      'ldapserver=gc.example.com',
      'ldapport=3268',
      'ldapscheme=ldap',
      'ldapbasedn=',
      'ldapsearchattribute=sAMAccountName',
      'ldapscope=2',
    ]);
  });

  test('without a slash contains no base DN, whatever follows the question mark', () => {
    expect(answerOf(ruleOf('ldap://h?uid?sub'), 18)?.[1]).toMatch(/requires argument "ldapbasedn"/);
  });

  test.each([
    ['[fd00::1]', 'fd00::1'],
    ['[fe80::1%25eth0]', 'fe80::1%eth0'],
    ['[fe80::1%eth0]', 'fe80::1%eth0'],
    ['h%C3%A4', 'hä'],
    ['h%FF', 'h\udcff'],
    ['h%00i', 'h'],
  ])('has %s for the host %s', (written, host) => {
    expect(optionsOf(`ldap://${written}/dc=a`)?.[0]).toBe(`ldapserver=${host}`);
  });

  test('hides its scheme from pg_hba_file_rules before 15, and nothing else', () => {
    const options = optionsOf('ldaps://h/dc=a', 15);
    expect(options).toContain('ldapscheme=ldaps');
    expect(optionsOf('ldaps://h/dc=a', 14)).toEqual(options?.filter((option) => option !== 'ldapscheme=ldaps'));
    const [placed] = parseHba(ruleOf('ldaps://h/dc=a'), { major: 14 }).records;
    expect(placed?.record.unshown).toEqual(['ldapscheme=ldaps']);
  });

  test('is ignored by a server that was built without LDAP', () => {
    const methods = ['trust', 'scram-sha-256'];
    expect(fileRules(ruleOf('nonsense'), { major: 18, methods })[0]?.error).toBe(
      'invalid authentication method "ldap": not supported by this build',
    );
  });

  test.each([',', ',,', '%2C', '%zz', '%00', '%00uid'])('with the attribute list %s crashes the server', (list) => {
    for (const major of [11, 15, 18]) {
      const [refused] = parseHba(ruleOf(`ldap://h/dc=a?${list}`), { major }).refused;
      expect(refused?.error).toMatch(/^PostgreSQL crashes when it reads this line: LDAP URL /);
    }
  });
});
