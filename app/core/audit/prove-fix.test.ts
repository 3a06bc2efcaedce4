import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Connection, decide } from '../hba-analysis/decide.ts';
import { isLoopback } from '../net/loopback.ts';
import { parseAddress } from '../net/prefix.ts';
import { parseConf } from '../postgres/conf/conf.ts';
import { editHba } from '../postgres/hba/edit.ts';
import { type Hba, parseHba } from '../postgres/hba/hba.ts';
import { hbaText } from '../testing/hba-arbitrary.ts';
import { audit } from './audit.ts';
import { confRules } from './conf-rules.ts';
import { type AuditInput, parsedInput } from './findings.ts';
import { joinFixes } from './fixes.ts';
import { proveFix } from './prove-fix.ts';
import type { Fix, FixPromise } from './rule.ts';
import { hbaRules } from './rules.ts';

const hbaFix = (edits: Fix['edits'], promise: FixPromise, more: Partial<Fix> = {}): Fix => ({
  title: 'A fix',
  file: 'pg_hba.conf',
  edits,
  promise,
  ...more,
});
const proofOf = (input: Omit<AuditInput, 'major'>, fix: Fix) => proveFix(parsedInput({ major: 18, ...input }), fix);
const reasonOf = (input: Omit<AuditInput, 'major'>, fix: Fix) => {
  const proof = proofOf(input, fix);
  return proof.proven ? 'proven' : proof.reason;
};
const replaced = (line: number, text: string) => [{ kind: 'replace', line, text }] as const;

describe('a fix that does something else than its title says is withheld', () => {
  const hba = 'local all postgres peer\nhostssl all all 10.0.0.0/24 md5\nhostssl all app 10.0.0.0/25 md5\n';
  const same = { kind: 'same' } as const;
  const stricter = { kind: 'stricter' } as const;

  test.each<readonly [name: string, expected: string, Fix]>([
    ['the unreachable rule is removed', 'proven', hbaFix([{ kind: 'delete', line: 3 }], same)],
    ['the rule above it is removed', 'closes', hbaFix([{ kind: 'delete', line: 2 }], same)],
    ['another method', 'method', hbaFix(replaced(2, 'hostssl all all 10.0.0.0/24 scram-sha-256'), same)],
    ['a stronger method', 'proven', hbaFix(replaced(2, 'hostssl all all 10.0.0.0/24 scram-sha-256'), stricter)],
    ['a weaker method', 'method', hbaFix(replaced(2, 'hostssl all all 10.0.0.0/24 trust'), stricter)],
    [
      'a method that is neither',
      'method',
      hbaFix(replaced(2, 'hostssl all all 10.0.0.0/24 md5 clientcert=verify-ca'), stricter),
    ],
    ['a larger network', 'opens', hbaFix(replaced(2, 'hostssl all all 10.0.0.0/23 md5'), stricter)],
    [
      'a smaller network',
      'proven',
      hbaFix([...replaced(2, 'hostssl all app 10.0.0.0/24 scram-sha-256'), { kind: 'delete', line: 3 }], stricter),
    ],
    [
      'addresses of the server',
      'unknown',
      hbaFix([{ kind: 'insert', line: 2, text: 'hostssl all all samenet reject' }], stricter),
    ],
    ['a line that PostgreSQL rejects', 'rejected-line', hbaFix(replaced(3, 'hostssl all app'), same)],
    ['a comment', 'no-effect', hbaFix([{ kind: 'insert', line: 1, text: '# nothing' }], same)],
    [
      'a rule that is unreachable as well',
      'new-finding',
      hbaFix([{ kind: 'insert', line: 4, text: 'hostssl app app 10.0.0.0/25 md5' }], same),
    ],
  ])('%s: %s', (_name, expected, fix) => expect(reasonOf({ hba }, fix)).toBe(expected));

  test('a fix that promises a rule adds that rule and nothing else', () => {
    const text = 'local all all peer';
    const rules = [{ line: 1, text }];
    const given = { hba: 'hostssl all app 10.0.0.0/24 scram-sha-256\n' };
    const insert = (inserted: string) => hbaFix([{ kind: 'insert', line: 1, text: inserted }], { kind: 'adds', rules });
    expect(reasonOf(given, insert('local  all  all  peer'))).toBe('proven');
    expect(reasonOf({ hba: `local app all trust\n${given.hba}` }, insert(text))).toBe('method');
    expect(reasonOf(given, insert('local all,replication all peer'))).toBe('opens');
    expect(reasonOf(given, insert('local all postgres peer'))).toBe('closes');
    expect(reasonOf(given, insert('local all all trust'))).toBe('method');
  });

  test('a fix that rejects the superuser from other hosts rejects nobody else and nothing on loopback', () => {
    const closes = { kind: 'closes', role: 'postgres' } as const;
    const given = { hba: 'local all all peer\nhostssl all all 0.0.0.0/0 scram-sha-256\n' };
    const insert = (...texts: readonly string[]) =>
      hbaFix(
        texts.map((text) => ({ kind: 'insert', line: 2, text })),
        closes,
      );
    const reject = 'host all,replication postgres all reject';
    expect(reasonOf(given, insert('hostssl all postgres 127.0.0.0/8 scram-sha-256', reject))).toBe('proven');
    expect(reasonOf(given, insert(reject))).toBe('closes');
    expect(
      reasonOf(given, insert('hostssl all postgres 127.0.0.0/8 scram-sha-256', 'host all postgres,app all reject')),
    ).toBe('closes');
  });

  test('a fix of postgresql.conf changes the setting that it names', () => {
    const conf = "ssl_min_protocol_version = 'TLSv1'\nwork_mem = 8MB\nlog_connections = on\n";
    const fix = (line: number, text: string, names: readonly string[]): Fix => ({
      ...hbaFix(replaced(line, text), { kind: 'settings', names }),
      file: 'postgresql.conf',
    });
    const name = 'ssl_min_protocol_version';
    expect(reasonOf({ conf }, fix(1, `${name} = 'TLSv1.2'`, [name]))).toBe('proven');
    expect(reasonOf({ conf }, fix(1, `${name} = 'TLSv1.2'`, []))).toBe('setting');
    expect(reasonOf({ conf }, fix(2, 'work_mem = 9MB', [name]))).toBe('setting');
    expect(reasonOf({ conf }, fix(1, `${name} = 'TLSv1.2`, [name]))).toBe('rejected-line');
    expect(reasonOf({ conf }, fix(3, 'log_connections = off', ['log_connections']))).toBe('new-finding');
  });

  test('included files are needed for the proof', () => {
    const files = { 'more.conf': 'host all all 10.0.0.0/24 scram-sha-256\n' };
    const hba = parseHba('local all all trust\ninclude more.conf\n', { major: 18, files });
    const fix = hbaFix(replaced(1, 'local all all peer'), stricter);
    expect(reasonOf({ hba }, fix)).toBe('missing-file');
    expect(reasonOf({ hba, files }, fix)).toBe('proven');
    expect(reasonOf({}, fix)).toBe('missing-file');
    const conf = parseConf("include 'x.conf'\nfsync = off\n", { major: 18, files: { 'x.conf': 'port = 1\n' } });
    const setting: Fix = { ...fix, file: 'postgresql.conf', promise: { kind: 'settings', names: [] } };
    expect(reasonOf({ conf }, setting)).toBe('missing-file');
    expect(reasonOf({}, setting)).toBe('missing-file');
  });
});

test('what a fix leaves is named', () => {
  const input = { hba: 'local all all peer\nhost all app 10.0.0.0/24 trust\n', major: 18 };
  const fix = audit(input).find(({ id }) => id === 'trust-over-tcp')?.fix;
  const proof = fix && proveFix(parsedInput(input), fix);
  expect(proof).toMatchObject({ proven: true, left: [{ id: 'password-without-tls', line: 2 }] });
});

test('a withheld fix has the reason, and a later fix can be offered once another one is applied', () => {
  const of = (hba: string) => audit({ hba, major: 18 }).find(({ id }) => id === 'superuser-from-afar');
  const trust = 'local all all peer\nhost all all 0.0.0.0/0 trust\n';
  expect(of(trust)?.fix).toBeUndefined();
  expect(of(trust)?.withheld).toMatch(/^The fixed file would have another finding: Anyone who can reach the port/);
  expect(of(trust.replace('trust', 'scram-sha-256'))?.fix).toBeDefined();
  expect(of(trust.replace('trust', 'scram-sha-256'))?.withheld).toBeUndefined();
});

test('all fixes of one rule are proven together', () => {
  const input = {
    hba: 'local all all peer\nhostssl all app 10.0.0.0/24 md5\nhostssl all app 10.0.1.0/24 md5\n',
    major: 18,
  };
  const fixes = audit(input).flatMap(({ id, fix }) => (id === 'md5-method' && fix ? [fix] : []));
  const all = joinFixes(fixes);
  expect(all?.edits.length).toBe(2);
  expect(all && proofOf(input, all)).toMatchObject({ proven: true });
  const [first] = fixes;
  expect(first && joinFixes([first, first])).toBeUndefined();
  expect(first && joinFixes([first, { ...first, edits: [], promise: { kind: 'same' } }])).toBeUndefined();
  expect(joinFixes([])).toBeUndefined();
});

/** Connections that tell rules apart: names of the random files, and addresses in and beside their networks. */
const connections: readonly Connection[] = ['a', 'c', 'postgres', 'other'].flatMap((user) =>
  ['a', 'postgres', user].flatMap((database) =>
    [false, true].flatMap((replication) => [
      { transport: 'local' as const, encryption: 'none' as const, database, user, roles: [], replication },
      ...['10.1.2.3', '10.200.0.1', '127.0.0.1', '192.0.2.1', '::1', 'fd00::1'].flatMap((address) =>
        (['none', 'tls', 'gss'] as const).map((encryption) => ({
          transport: 'tcp' as const,
          encryption,
          address,
          database,
          user,
          roles: [],
          replication,
        })),
      ),
    ]),
  ),
);

function methodFor(hba: Hba, connection: Connection): string {
  const decision = decide(hba, connection);
  return decision.outcome === 'record' && decision.method !== 'reject' ? decision.method : 'rejected';
}

/** Connection by connection, with the function that decides as the server does, and without `compareAccess`. */
function expectPromiseKept(before: string, after: string, { promise }: Fix, major: number, name: string): void {
  const [old, now] = [before, after].map((text) => parseHba(text, { major }));
  if (!old || !now) throw new Error('Two files were parsed.');
  for (const connection of connections) {
    const was: string = methodFor(old, connection);
    const is: string = methodFor(now, connection);
    if (was === is) continue;
    const where: string = `${name}: ${JSON.stringify(connection)}, ${was} before and ${is} after`;
    switch (promise.kind) {
      case 'closes': {
        const address = parseAddress(connection.address ?? '');
        expect(is, where).toBe('rejected');
        expect(connection.user, where).toBe(promise.role);
        expect(address && !isLoopback(address), where).toBe(true);
        break;
      }
      case 'stricter':
        expect(was, where).not.toBe('rejected');
        expect(is, where).not.toBe('trust');
        break;
      case 'adds':
        expect(was, where).toBe('rejected');
        break;
      default:
        throw new Error(where);
    }
  }
}

/** Checks every offered fix of the files, and counts what the rules suggest. */
function fixesOf(inputs: Iterable<AuditInput & { readonly hba?: string; readonly conf?: string }>) {
  const count = { suggested: 0, offered: 0, proven: 0 };
  for (const input of inputs) {
    const parsed = parsedInput(input);
    for (const { id, fix, withheld } of audit(input)) {
      if (fix || withheld) count.suggested++;
      if (!fix) continue;
      count.offered++;
      if (proveFix(parsed, fix).proven) count.proven++;
      if (parsed.hba && input.hba !== undefined && fix.file === 'pg_hba.conf')
        expectPromiseKept(input.hba, editHba(parsed.hba, fix.edits), fix, input.major, `${id} in ${input.hba}`);
    }
  }
  return count;
}

const said = (name: string, { suggested, offered, proven }: ReturnType<typeof fixesOf>) =>
  console.info(
    `${name}: ${proven} of ${offered} offered fixes proven, ${suggested - offered} of ${suggested} withheld`,
  );

describe('every fix that is offered is proven, and keeps its promise connection by connection', () => {
  test('in the examples of the rules', () => {
    const count = fixesOf([
      ...hbaRules.map(({ wrong }) => ({ hba: wrong, major: 18 })),
      ...confRules.map(({ wrong, beside }) => ({ conf: wrong, major: 18, ...beside })),
    ]);
    said('examples', count);
    expect(count.proven).toBe(count.offered);
    expect(count.offered).toBeGreaterThan(70);
  });

  const corpus = new URL('../../../../shared/corpus/', import.meta.url);
  test.skipIf(!existsSync(corpus))('in real files', () => {
    const read = (folder: string, ending: RegExp) => {
      const names = readdirSync(new URL(folder, corpus)).filter((name) => ending.test(name));
      return names.map((name) => readFileSync(new URL(`${folder}${name}`, corpus), 'latin1'));
    };
    const count = fixesOf([
      ...read('hba/', /(?<!\.tsv)$/).map((hba) => ({ hba, major: 18 })),
      ...read('conf/', /\.conf$/).map((conf) => ({ conf, major: 13 })),
    ]);
    said('real files', count);
    // A larger file keeps its fixes until one is asked for.
    expect(count.offered - count.proven).toBeLessThanOrEqual(count.suggested * 0.02);
    expect(count.proven).toBeGreaterThan(500);
  });

  test('in random files', () => {
    const total = { suggested: 0, offered: 0, proven: 0 };
    fc.assert(
      fc.property(
        hbaText({ records: 6, lookups: false, expressions: false }),
        fc.constantFrom('md5', 'password', 'ident map=x', 'trust'),
        (text, method) => {
          const hba = text.replaceAll(' b ', ' postgres ').replaceAll(/^(host.*) md5$/gm, `$1 ${method}`);
          const count = fixesOf([{ hba, major: 18 }]);
          expect(count.proven).toBe(count.offered);
          for (const key of ['suggested', 'offered', 'proven'] as const) total[key] += count[key];
        },
      ),
      { numRuns: 100 },
    );
    said('random files', total);
    expect(total.offered).toBeGreaterThan(total.suggested * 0.8);
  });
});
