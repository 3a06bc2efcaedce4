import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseHba } from '../postgres/hba/hba.ts';
import { type Connection, decide } from './decide.ts';

const corpus = new URL('../../../../shared/corpus/hba-connections.jsonl', import.meta.url);

interface Case {
  readonly id: string;
  readonly hba: string;
  readonly files: Readonly<Record<string, string>>;
  readonly by_version: Readonly<
    Record<string, { readonly loaded: boolean; readonly conn: Readonly<Record<string, string>> }>
  >;
}

const cases = existsSync(corpus)
  ? readFileSync(corpus, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Case)
  : [];

/** `admins` was granted to `sub`, and `sub` to `bob`. */
const memberships: Readonly<Record<string, readonly string[]>> = { sub: ['admins'], bob: ['sub', 'admins'] };

/** The attempts of libpq for each sslmode, in order. A rejection before authentication makes it try the next one. */
const tries: Readonly<Record<string, readonly Connection['encryption'][]>> = {
  disable: ['none'],
  allow: ['none', 'tls'],
  prefer: ['tls', 'none'],
  require: ['tls'],
};

function connections(key: string): Connection[] {
  const [, user = '', database = '', host = '', options = ''] = /^(.*)@(.*) (local|[0-9.:]+) (.*)$/.exec(key) ?? [];
  const base = { database, user, roles: memberships[user] ?? [], replication: options.includes('replication=true') };
  if (host === 'local') return [{ ...base, transport: 'local', encryption: 'none' }];
  const mode = /sslmode=(\w+)/.exec(options)?.[1] ?? 'prefer';
  return (tries[mode] ?? []).map((encryption) => ({ ...base, transport: 'tcp', encryption, address: host }));
}

describe('decide agrees with real servers', () => {
  test.skipIf(cases.length === 0)('the corpus next to the project has cases', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, { hba, files, by_version }) => {
    for (const [server, { loaded, conn }] of Object.entries(by_version)) {
      if (!loaded) continue;
      const parsed = parseHba(hba, { major: Number.parseInt(server, 10), files });
      expect([server, parsed.refused]).toEqual([server, []]);
      for (const [key, answer] of Object.entries(conn)) {
        const decisions = connections(key).map((connection) => decide(parsed, connection));
        const rejections = decisions.flatMap(({ message }) => (message === undefined ? [] : [`FATAL:  ${message}`]));
        const ours = rejections.length < decisions.length ? 'accepted' : rejections.join(' | ');
        const theirs = /pg_hba\.conf/.test(answer) ? answer : 'accepted';
        expect([server, key, ours]).toEqual([server, key, theirs]);
      }
    }
  });
});

describe('the message for a rejected replication connection', () => {
  const client = { transport: 'tcp', address: '10.0.0.1', database: 'shop', user: 'repl', roles: [] } as const;
  const message = (hba: string, major: number, more: Pick<Connection, 'encryption' | 'replication' | 'logical'>) =>
    decide(parseHba(hba, { major }), { ...client, ...more }).message;
  const physical = { encryption: 'tls', replication: true } as const;
  const logical = { encryption: 'tls', replication: false, logical: true } as const;
  const ordinary = { encryption: 'tls', replication: false } as const;

  test.each([11, 12, 13])('on PostgreSQL %i says "replication connection", for logical replication too', (major) => {
    const noEntry = 'no pg_hba.conf entry for replication connection from host "10.0.0.1", user "repl", SSL on';
    const reject = 'pg_hba.conf rejects replication connection for host "10.0.0.1", user "repl", SSL on';
    for (const kind of [physical, logical]) {
      expect(message('', major, kind)).toBe(noEntry);
      expect(message('host all,replication all all reject', major, kind)).toBe(reject);
    }
    expect(message('', major, ordinary)).toBe(
      'no pg_hba.conf entry for host "10.0.0.1", user "repl", database "shop", SSL on',
    );
  });

  test.each([14, 16, 18])('on PostgreSQL %i has the database for logical replication', (major) => {
    expect(message('', major, physical)).toBe(
      'no pg_hba.conf entry for replication connection from host "10.0.0.1", user "repl", SSL encryption',
    );
    expect(message('', major, logical)).toBe(message('', major, ordinary));
    expect(message('', major, logical)).toBe(
      'no pg_hba.conf entry for host "10.0.0.1", user "repl", database "shop", SSL encryption',
    );
  });

  test('follows the same rules with GSS encryption', () => {
    expect(message('', 13, { ...logical, encryption: 'gss' })).toContain('replication connection from host "10.0.0.1"');
    expect(message('', 14, { ...logical, encryption: 'gss' })).toContain('database "shop", GSS encryption');
  });
});
