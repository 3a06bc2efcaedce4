import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';

const corpus = (name: string) => new URL(`../../../../../shared/corpus/${name}`, import.meta.url);
const there = existsSync(corpus('startup.json'));
const read = (name: string): unknown => (there ? JSON.parse(readFileSync(corpus(name), 'utf8')) : {});

type Startup = Record<string, Record<string, { readonly started: boolean; readonly log: readonly string[] }>>;
type Passwords = Record<string, Record<string, unknown>>;
interface Connections {
  readonly id: string;
  readonly by_version: Record<string, { readonly conn: Record<string, string> }>;
}

const causesOf = (text: string) => diagnose(text).causes.map(({ id }) => id);

describe.skipIf(!there)('output of real servers and clients', () => {
  test('a server that does not start is understood, and each line of its log', () => {
    const expected: Readonly<Record<string, string>> = {
      'start: broken hba': 'line-refused',
      'start: missing hba': 'file-unreadable',
      'start: empty hba': 'file-unreadable',
      'start: hostssl with ssl=off': 'hostssl-without-tls',
      'start: self-referencing @file': 'file-unreadable',
    };
    let logs = 0;
    for (const [server, states] of Object.entries(read('startup.json') as Startup)) {
      for (const [state, { log }] of Object.entries(states)) {
        if (log.length === 0) continue;
        logs++;
        const found = causesOf(log.join('\n'));
        const own = expected[state];
        if (own !== undefined) expect([server, state, found]).toEqual([server, state, expect.arrayContaining([own])]);
        for (const line of log)
          if (!line.startsWith('DETAIL'))
            expect([server, state, line, causesOf(line).length]).toEqual([server, state, line, 1]);
      }
    }
    expect(logs).toBeGreaterThan(300);
  });

  test('a rejected password has the reason that the log gives', () => {
    let tried = 0;
    for (const [server, cases] of Object.entries(read('passwords.json') as Passwords)) {
      for (const [name, said] of Object.entries(cases)) {
        const { client, log } = said as { readonly client?: readonly string[]; readonly log?: readonly string[] };
        if (!client || client[0] === 'OK') continue;
        const [method, stored] = name.split(' / ');
        const reasons: Readonly<Record<string, string>> = {
          u_none: 'no-password-stored',
          u_expired: 'password-expired',
          nosuch: 'role-unknown-to-password',
        };
        const lines = [...client, ...(log ?? [])];
        const found = causesOf(lines.join('\n'));
        const reason =
          reasons[stored ?? ''] ?? (method === 'scram-sha-256' && stored === 'u_md5' ? 'md5-secret' : 'wrong-password');
        expect([server, name, found]).toEqual([server, name, expect.arrayContaining([reason])]);
        expect(found).not.toContain('password-refused');
        expect([server, name, diagnose(lines.join('\n')).matched.length]).toEqual([server, name, 1]);
        expect(causesOf(client.join('\n'))).toEqual(['password-refused']);
        tried++;
      }
      for (const name of ['channel binding', 'md5 method + channel binding']) {
        for (const text of Object.values((cases[name] ?? {}) as Record<string, string>))
          if (text !== 'OK') expect([server, text, causesOf(text).length]).toEqual([server, text, 1]);
      }
    }
    expect(tried).toBeGreaterThan(100);
  });

  test('every rejected connection is understood, with what it names', () => {
    const records = readFileSync(corpus('hba-connections.jsonl'), 'utf8').split('\n').filter(Boolean);
    let tried = 0;
    for (const record of records) {
      const { id, by_version } = JSON.parse(record) as Connections;
      for (const [server, { conn }] of Object.entries(by_version)) {
        for (const [attempt, said] of Object.entries(conn)) {
          if (said === 'OK') continue;
          tried++;
          const { causes, refusals } = diagnose(said.replaceAll(' | ', '\n'));
          expect([id, server, said, causes.length]).toEqual([id, server, said, 1]);
          const byFile = /pg_hba\.conf/.test(said);
          expect([said, refusals.length > 0]).toEqual([said, byFile]);
          if (!byFile) continue;
          expect(refusals[0]?.user).toBe(attempt.slice(0, attempt.indexOf('@')));
          expect(refusals[0]?.encryption).toBe(/SSL (encryption|on)/.test(said) ? 'tls' : 'none');
        }
      }
    }
    expect(tried).toBeGreaterThan(300);
  });
});
