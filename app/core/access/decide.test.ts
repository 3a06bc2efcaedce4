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

/** What libpq tries, in order, for each sslmode; a refusal before authentication makes it try the next. */
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

describe('decide says what servers did', () => {
  test.skipIf(cases.length === 0)('the corpus beside the project is there to compare with', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, { hba, files, by_version }) => {
    for (const [server, { loaded, conn }] of Object.entries(by_version)) {
      if (!loaded) continue;
      const parsed = parseHba(hba, { major: Number.parseInt(server, 10), files });
      expect([server, parsed.refused]).toEqual([server, []]);
      for (const [key, answer] of Object.entries(conn)) {
        const decisions = connections(key).map((connection) => decide(parsed, connection));
        const refused = decisions.flatMap(({ message }) => (message === undefined ? [] : [`FATAL:  ${message}`]));
        const ours = refused.length < decisions.length ? 'lets in' : refused.join(' | ');
        const theirs = /pg_hba\.conf/.test(answer) ? answer : 'lets in';
        expect([server, key, ours]).toEqual([server, key, theirs]);
      }
    }
  });
});
