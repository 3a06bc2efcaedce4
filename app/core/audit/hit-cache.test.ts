import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReachabilityCache } from '../hba-analysis/incremental.ts';
import { parseHba } from '../postgres/hba/hba.ts';
import type { SideFiles } from '../postgres/side-files.ts';
import { filesToTry, patience } from '../testing/files.ts';
import { type AuditFinding, audit } from './audit.ts';
import { HitCache } from './hit-cache.ts';
import { hbaRules } from './rules.ts';
import '../testing/seed.ts';

/** They would leave the lines below without effect. */
const forEveryone = /\ball\s+all\s+(?:all|0\.0\.0\.0\/0|::\/0)/;

const oddLines = [
  ...hbaRules.flatMap(({ wrong, right }) => `${wrong}\n${right}`.split('\n')).filter((line) => !forEveryone.test(line)),
  '',
  '# the team of the warehouse',
  '# postern-ignore: md5-method, wide-source',
  'host sales \\\n  app 10.0.0.0/8 md5',
  'hostssl  sales     app       10.1.0.0/16     md5   # in columns',
  'hostssl  warehouse staff     10.2.0.0/16     scram-sha-256',
];

const ordinaryLine = fc
  .tuple(
    fc.constantFrom('host', 'hostssl', 'hostnossl', 'host   '),
    fc.nat(40),
    fc.oneof(
      { weight: 5, arbitrary: fc.nat(12).map((number) => `u${number}`) },
      fc.constantFrom('all', '/^u[0-4]$', 'u1,u2', '+staff'),
    ),
    fc.nat(3),
    fc.constantFrom('16', '24', '12'),
    fc.constantFrom('md5', 'scram-sha-256', 'scram-sha-256', 'reject', 'ldap ldapserver=a'),
  )
  .map(
    ([type, database, user, net, length, method]) => `${type} db${database} ${user} 10.${net}.0.0/${length} ${method}`,
  );

const anyLine = fc.oneof({ weight: 8, arbitrary: ordinaryLine }, fc.constantFrom(...oddLines));

interface Edit {
  readonly at: number;
  readonly removed: 0 | 1;
  readonly added: readonly string[];
}

/** Most replace a line, as typing does. */
const anyEdit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(10_000),
  removed: fc.constantFrom(1, 1, 1, 0),
  added: fc.array(anyLine, { minLength: 1, maxLength: 1 }).chain((one) => fc.constantFrom(one, one, one, [])),
});

test('after each edit, an audit with the cache finds the same as one without', patience, () => {
  let [kept, found] = [0, 0];
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: 1400, maxLength: 1600, size: 'max' }),
      fc.array(anyEdit, { minLength: 5, maxLength: 5 }),
      fc.constantFrom(15, 18),
      (start, edits, major) => {
        const lines = [...start];
        const { reach } = new ReachabilityCache();
        const cache = new HitCache();
        let before = new Set<unknown>();
        for (const { at, removed, added } of [{ at: 0, removed: 0, added: [] }, ...edits]) {
          lines.splice(at % lines.length, removed, ...added);
          const hba = parseHba(`${lines.join('\n')}\n`, { major });
          const findings = audit({ hba, major, reach, cache });
          expect(findings).toEqual(audit({ hba, major }));
          const fixes = findings.flatMap(({ fix }) => fix ?? []);
          kept += fixes.filter((fix) => before.has(fix)).length;
          found += fixes.length;
          before = new Set(fixes);
        }
      },
    ),
    filesToTry(3, 1),
  );
  // Otherwise this tests nothing.
  expect(kept / found).toBeGreaterThan(0.05);
});

/** A file of 1,400 rules that have nothing in common, with some in place of others. */
function fileWith(planted: Readonly<Record<number, string>>): string {
  const lines = Array.from(
    { length: 1400 },
    (_, index) => planted[index + 1] ?? `hostssl d${index} u${index} 10.${index % 200}.0.0/24 scram-sha-256`,
  );
  return `${lines.join('\n')}\n`;
}

/** Audits versions of a file, one after another, with a cache. Each audit must find the same as one without. */
function cachedAudit() {
  const { reach } = new ReachabilityCache();
  const cache = new HitCache();
  return (lines: Readonly<Record<number, string>>, files: SideFiles = {}): readonly AuditFinding[] => {
    const hba = parseHba(fileWith(lines), { major: 18, files });
    const found = audit({ hba, major: 18, reach, cache });
    expect(found).toEqual(audit({ hba, major: 18 }));
    return found;
  };
}

/** An edit of one line, and the rule and line of a finding that appears or disappears. */
const cases: Readonly<
  Record<string, { planted: Record<number, string>; edit: [number, string]; finds: [string, number] }>
> = {
  'its own line': { planted: {}, edit: [500, 'host d u 10.0.0.0/24 md5'], finds: ['md5-method', 500] },
  'a line that is a comment now': {
    planted: { 500: 'host d u 10.0.0.0/24 md5' },
    edit: [500, '# host d u 10.0.0.0/24 md5'],
    finds: ['md5-method', 500],
  },
  'a rule that becomes unreachable far below': {
    planted: { 900: 'host shop app 10.0.0.0/24 scram-sha-256' },
    edit: [10, 'host shop app 10.0.0.0/24 reject'],
    finds: ['password-without-tls', 900],
  },
  'a rule that no longer covers another far above the end': {
    planted: { 1: 'host all app 10.0.0.0/8 reject', 990: 'host shop app 10.0.0.0/24 scram-sha-256' },
    edit: [1, 'host other app 10.0.0.0/8 reject'],
    finds: ['password-without-tls', 990],
  },
  'a broad rule 200 records above': {
    planted: { 400: 'hostssl d app 10.0.0.0/8 cert', 600: 'hostssl d,e app 10.1.0.0/16 scram-sha-256' },
    edit: [400, 'hostssl d app 10.0.0.0/24 cert'],
    finds: ['broad-above-narrow', 600],
  },
  'a line between a broad rule and another': {
    planted: { 300: 'hostssl d app 10.0.0.0/8 cert', 450: 'hostssl d,e app 10.1.0.0/16 scram-sha-256' },
    edit: [400, 'host d u 10.0.0.0/24 md5'],
    finds: ['md5-method', 400],
  },
  'a reject rule that another bypasses': {
    planted: { 400: 'hostssl d app 10.0.0.0/24 cert', 580: 'hostssl all app 10.0.0.0/8 reject' },
    edit: [400, 'hostssl d app,other 10.0.0.0/8 cert'],
    finds: ['allowed-before-reject', 580],
  },
  'a rule above an unreachable one, after a comment has become a rule': {
    planted: {
      5: 'hostssl t app 10.0.0.0/24 reject',
      10: '# a comment',
      900: 'host shop app 10.0.0.0/24 scram-sha-256',
      901: 'hostssl t app 10.0.0.0/24 scram-sha-256',
    },
    edit: [10, 'host shop app 10.0.0.0/24 reject'],
    finds: ['password-without-tls', 900],
  },
  'the other family far away': {
    planted: { 100: 'hostssl d app 0.0.0.0/0 scram-sha-256' },
    edit: [900, 'hostssl d app 2001:db8::/32 scram-sha-256'],
    finds: ['one-family', 100],
  },
  'replication far away': {
    planted: { 100: 'hostssl all replicator 10.0.0.0/24 scram-sha-256' },
    edit: [900, 'hostssl replication replicator 10.0.0.0/24 scram-sha-256'],
    finds: ['all-without-replication', 100],
  },
  'an administrator without a way in': {
    planted: { 900: 'local all postgres peer' },
    edit: [900, '# local all postgres peer'],
    finds: ['no-way-for-the-administrator', 0],
  },
  'a comment that silences a rule': {
    planted: { 500: 'host d u 10.0.0.0/24 md5', 499: '# a comment' },
    edit: [499, '# postern-ignore: md5-method'],
    finds: ['md5-method', 500],
  },
  'a comment that silences a rule everywhere': {
    planted: { 500: 'host d u 10.0.0.0/24 md5' },
    edit: [1, '# postern-ignore-file: md5-method'],
    finds: ['md5-method', 500],
  },
};

describe('after an edit of one line, the cache sees what changes at another', () => {
  test.each(Object.entries(cases))('%s', (_, { planted, edit: [line, text], finds: [id, at] }) => {
    const audited = cachedAudit();
    const found = [planted, { ...planted, [line]: text }].map((lines) => audited(lines));
    const isFound = found.map((findings) => findings.some((one) => one.id === id && (one.line ?? 0) === at));
    expect(isFound.toSorted()).toEqual([false, true]);
  });

  test('the columns of the rules beside it', () => {
    const planted = {
      511: 'hostssl   in role 10.0.0.0/24 scram-sha-256',
      508: 'host      at role 10.0.0.0/24 scram-sha-256',
    };
    const edited = { ...planted, 511: 'hostssl in role 10.0.0.0/24 scram-sha-256' };
    const audited = cachedAudit();
    const fixes = [planted, edited].map(
      (lines) => audited(lines).find(({ id, line }) => id === 'password-without-tls' && line === 508)?.fix?.edits[0],
    );
    expect(fixes).toEqual([
      { kind: 'replace', line: 508, text: 'hostssl   at role 10.0.0.0/24 scram-sha-256' },
      { kind: 'replace', line: 508, text: 'hostssl      at role 10.0.0.0/24 scram-sha-256' },
    ]);
  });

  test('lines that have other numbers', () => {
    const audited = cachedAudit();
    const planted = { 200: 'host d u 10.0.0.0/24 md5', 900: 'host e u 10.0.0.0/24 md5' };
    for (const text of [
      'host f \\\n u 10.0.0.0/24 md5',
      'host f u 10.0.0.0/24 md5\n\n',
      '',
      'host f \\\n u 10.0.0.0/24 md5',
      'a \\\n b\nhost f u 10.0.0.0/24 md5',
      'host f u 10.0.0.0/24 md5\nc \\\n d',
      '\n',
    ])
      audited({ ...planted, 500: text });
  });
});

describe('the cache sees that the same text is another record', () => {
  const broad = { 800: 'hostssl d @names 10.0.0.0/8 cert', 900: 'hostssl d,e app 10.1.0.0/16 scram-sha-256' };
  const nul = `${'hostssl d \0'.padEnd(1023)}u1 10.0.0.0/24 scram-sha-256 #`.padEnd(4095);
  const withNul = { 900: `${nul} /ali 10.0.0.0/24 md5` };
  test.each<[string, Record<number, string>, string | undefined, string | undefined, Record<number, string>?]>([
    ['other names in a file', { 900: 'hostssl d @names 10.0.0.0/24 scram-sha-256' }, 'alice', '/ali'],
    ['a file that is given now', { 900: 'host d @names 10.0.0.0/24 md5' }, undefined, 'alice'],
    ['a file that is missing now', { 900: 'host d @names 10.0.0.0/24 md5' }, 'alice', undefined],
    ['names of a broad rule above', broad, 'other', 'app'],
    ['a line with a NUL below a long one', withNul, undefined, undefined, { ...withNul, 1: `# ${'x'.repeat(3000)}` }],
  ])('%s', (_, planted, namesBefore, namesAfter, edited = planted) => {
    const audited = cachedAudit();
    const filesWith = (names: string | undefined): SideFiles => (names === undefined ? {} : { names });
    const found = [audited(planted, filesWith(namesBefore)), audited(edited, filesWith(namesAfter))];
    expect(found[0]).not.toEqual(found[1]);
  });
});

test.each(hbaRules.flatMap((rule) => (rule.near ? [[rule.id, rule] as const] : [])))(
  '%s depends on nothing far away',
  (_, { wrong, right }) => {
    const [bad, good] = [wrong.split('\n'), right.split('\n')];
    const planted = Object.fromEntries(bad.map((line, index) => [1000 + index, line]));
    const far = good.filter((line) => !bad.includes(line));
    const audited = cachedAudit();
    for (const at of [...far.keys(), 0])
      for (const line of [10, 1390])
        for (const text of ['# a comment', far[at] ?? ''])
          audited({ ...planted, 10: '# a comment', 1390: '# a comment', [line]: text });
  },
);

test('another version or setting is another file', () => {
  const cache = new HitCache();
  const text = `${Array.from({ length: 600 }, (_, index) => `host db${index} u 10.0.0.0/16 md5`).join('\n')}\n`;
  const inputs = [
    { major: 18 },
    { major: 17 },
    { major: 17, conf: 'ssl = off' },
    { major: 17, superuser: 'u' },
    { major: 17 },
  ];
  for (const input of inputs) {
    const hba = parseHba(text, { major: input.major });
    expect(audit({ ...input, hba, cache })).toEqual(audit({ ...input, hba }));
  }
});
