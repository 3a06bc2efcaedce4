import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import {
  narrowerRule,
  observeLog,
  parseHba,
  type RuleUse,
  ruleUse,
  type SeenConnection,
} from '../../../app/core/index.ts';
import { majors } from '../harness/binaries.ts';
import { conforms } from '../harness/conformance.ts';
import { type HbaServer, hbaServer, PORT } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';
import { until } from '../harness/until.ts';

const HBA = `local all postgres trust
host shop app 127.0.0.0/8 scram-sha-256
hostssl all all ::1/128 scram-sha-256  # over IPv6
host all bea,"Upper Case" 0.0.0.0/0 md5
host all ana all reject
host all all all scram-sha-256
`;

/** A client, and the line of HBA that it matches; null: rejected or failed. */
const clients = [
  { user: 'app', database: 'shop', host: '127.0.0.1', tls: false, line: 2 },
  { user: 'app', database: 'shop', host: '127.0.0.1', tls: true, line: 2 },
  { user: 'app', database: 'wiki', host: '::1', tls: true, line: 3 },
  { user: 'Upper Case', database: 'wiki', host: '127.0.0.1', tls: true, line: 4 },
  { user: 'cy', database: 'wiki', host: '127.0.0.1', tls: true, line: 6 },
  { user: 'ana', database: 'wiki', host: '127.0.0.1', tls: true, line: null },
] as const;
type Tried = (typeof clients)[number];

/** The default, that of Amazon RDS, and session instead of process numbers. */
const PREFIXES = ['%m [%p] ', '%t:%r:%u@%d:[%p]: ', '%n %c %q%u@%d '];

async function tryOne({ host, tls, ...who }: Tried, password = 'secret'): Promise<string> {
  const client = new Client({
    ...who,
    host,
    port: PORT,
    password,
    ssl: tls ? { rejectUnauthorized: false } : false,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return 'allowed';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function prepared(major: number): Promise<HbaServer> {
  const server = await hbaServer(major, ['log_connections = on']);
  await server.client.query("set password_encryption = 'scram-sha-256'");
  for (const name of ['app', 'bea', '"Upper Case"', 'ana', 'cy'])
    await server.client.query(`create role ${name} login password 'secret'`);
  for (const name of ['shop', 'wiki']) await server.client.query(`create database ${name}`);
  server.write({ text: Buffer.from(HBA), files: {} });
  await server.reload();
  return server;
}

describe.skipIf(!inNamespace)('the log of a server', () => {
  it.each(majors)(
    'PostgreSQL %i: each connection and its rule are read with any prefix, and narrower rules keep them all',
    async (major) => {
      const server = await prepared(major);
      const allowed = clients.filter(({ line }) => line !== null);
      let cases = 0;
      try {
        const hba = parseHba(HBA, { major });
        for (const prefix of PREFIXES) {
          await server.client.query(`alter system set log_line_prefix = '${prefix}'`);
          await server.reload();
          const since = server.log().length;
          for (const one of clients)
            expect([one, await tryOne(one)]).toEqual([
              one,
              one.line === null ? expect.stringContaining('rejects') : 'allowed',
            ]);
          for (let wrong = 0; wrong < 3; wrong++)
            expect(await tryOne(clients[0], 'wrong')).toContain('authentication failed');
          const log = () => server.log().slice(since);
          await until('the log is complete', () => log().split('authentication failed').length > 3, log);

          const seen = observeLog(log());
          expect(seen.connections.map(asClient).toSorted(byText)).toEqual(
            allowed.map(({ line: _line, ...one }) => one).toSorted(byText),
          );
          expect(seen.has).toMatchObject({
            received: true,
            authorized: true,
            authenticated: major >= 14,
            process: true,
          });
          expect(seen.failures.map(({ host, count, reasons }) => [host, count, reasons])).toEqual([
            ['127.0.0.1', 4, { 'password authentication failed': 3, 'pg_hba.conf rejects': 1 }],
          ]);
          const { rules, unattributed, moved } = ruleUse(hba, seen);
          expect([unattributed, moved]).toEqual([[], 0]);
          expect(rules.map(({ line, count, failed }) => [line, count, failed])).toEqual(
            [1, 2, 3, 4, 5, 6].map((line) => [
              line,
              allowed.filter((one) => one.line === line).length,
              line === 2 ? 3 : 0,
            ]),
          );
          cases += clients.length + 3;
          if (prefix === PREFIXES[0]) cases += await keepsAll(server, major, rules, allowed);
        }
      } finally {
        await server.stop();
      }
      conforms({
        target: 'server log',
        files: ['log of the server'],
        judgedBy: `PostgreSQL ${major}`,
        tried: 'the rule of each connection, and narrower rules loaded again',
        plans: PREFIXES.length,
        cases,
      });
    },
  );
});

/** Each narrower rule is loaded by the server: everyone seen still gets in. Returns the number of connections. */
async function keepsAll(
  server: HbaServer,
  major: number,
  rules: readonly RuleUse[],
  allowed: readonly Tried[],
): Promise<number> {
  let narrower = 0;
  let tried = 0;
  for (const rule of rules) {
    const found = narrowerRule(HBA, { major }, rule);
    // Nobody used the rule for the socket in this time, but the test does.
    if (typeof found === 'string' || rule.line === 1) continue;
    narrower += 1;
    server.write({ text: Buffer.from(found.text), files: {} });
    await server.reload();
    expect((await server.client.query('select * from pg_hba_file_rules where error is not null')).rows).toEqual([]);
    for (const one of allowed) {
      expect([found.lines, one, await tryOne(one)]).toEqual([found.lines, one, 'allowed']);
      tried += 1;
    }
  }
  expect(narrower).toBeGreaterThan(1);
  server.write({ text: Buffer.from(HBA), files: {} });
  await server.reload();
  return tried;
}

const asClient = ({ user, database, host, encryption }: SeenConnection) => ({
  user,
  database,
  host,
  tls: encryption === 'tls',
});

const byText = (a: object, b: object): number => JSON.stringify(a).localeCompare(JSON.stringify(b));
