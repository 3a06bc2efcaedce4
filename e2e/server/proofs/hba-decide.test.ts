import { afterAll, describe, expect, it } from 'vitest';
import { type Connection, decide, decider, parseHba } from '../../../app/core/index.ts';
import { identifier } from '../harness/administer.ts';
import { amount } from '../harness/amount.ts';
import { majors } from '../harness/binaries.ts';
import { Chance } from '../harness/chance.ts';
import { conforms } from '../harness/conformance.ts';
import { type HbaServer, hbaServer, PORT } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';
import { firstAnswer, type Startup } from '../harness/startup.ts';

const FILES = amount(20);
const CONNECTIONS = 50;
const AT_ONCE = 8;
/** `POSTERN_HBA_SEED` repeats an earlier run. */
const firstSeed = Number(process.env.POSTERN_HBA_SEED ?? Math.floor(Math.random() * 2 ** 31));

const roles = ['alice', 'bob', 'sub', 'admins', 'Mixed', '+admins', 'all', 'repl', '/x', 'db1'];
const databases = ['postgres', 'alice', 'admins', 'all', 'replication', 'db1', 'xdb12', '/^db', 'sub', 'DB1'];
/** `admins` is granted to `sub`, and `sub` to `bob`. */
const memberships: Readonly<Record<string, readonly string[]>> = { sub: ['admins'], bob: ['sub', 'admins'] };
const methods = ['trust', 'reject', 'md5', 'password', 'scram-sha-256'];
const types = ['host', 'host', 'host', 'hostssl', 'hostnossl', 'local', 'hostgssenc', 'hostnogssenc'];
const sources = ['127.0.0.1', '127.0.0.2', '127.1.2.3', '127.255.0.9', '127.128.7.7', '::1'];
const addresses = [
  'all',
  '127.0.0.0/8',
  '127.0.0.1/32',
  '127.1/16',
  '127.0.0.0/30',
  '::1/128',
  '::/0',
  '0.0.0.0/0',
  '127.128.0.0/9',
  '127.9.9.9/8',
  '127.0.0.9 255.0.0.255',
  '127.1.0.3 255.255.0.255',
  'samehost',
  'samenet',
  '::ffff:127.0.0.1/128',
  '"all"',
  'other.invalid',
  '127/8',
  '0177.0.0.1/32',
]; // prettier-ignore
const words = [
  'all',
  'all',
  'sameuser',
  'samerole',
  'samegroup',
  'replication',
  '+admins',
  '+sub',
  '+nobody',
  '"+admins"',
  '"all"',
  '"replication"',
  '/^db',
  '"/^db1$"',
  '/',
  '/[ae]',
  '/(?i)^mixed$',
  '"/^.{2,4}$"',
  '/\\m(bob|sub)\\M',
  '/a$',
]; // prettier-ignore

function fileOf(chance: Chance, major: number): string {
  const token = () =>
    chance.rarely(2) ? chance.one(words) : chance.one([...roles, ...databases]).replace(/^\+|^\/.*/, '"$&"');
  const list = () => chance.many(1, 3, token).join(',');
  const kinds = major >= 12 ? types : types.slice(0, 6);
  const record = () => {
    const type = chance.one(kinds);
    return `${type} ${list()} ${list()} ${type === 'local' ? '' : chance.one(addresses)} ${chance.one(methods)}`;
  };
  return `${chance.many(2, 12, record).join('\n')}\n`;
}

function connectionOf(chance: Chance): Connection {
  const user = chance.rarely(5) ? 'repl' : chance.one(roles);
  const kind = user === 'repl' ? chance.one(['ordinary', 'physical', 'logical']) : 'ordinary';
  const base = {
    user,
    database: chance.one(databases),
    roles: memberships[user] ?? [],
    replication: kind === 'physical',
    ...(kind === 'logical' ? { logical: true } : {}),
  };
  if (chance.rarely(5)) return { ...base, transport: 'local', encryption: 'none' };
  return { ...base, transport: 'tcp', encryption: chance.one(['none', 'tls']), address: chance.one(sources) };
}

const startupOf = (
  { address, encryption, user, database, replication, logical }: Connection,
  server: HbaServer,
): Startup => ({
  to:
    address === undefined
      ? { path: `${server.socketDirectory}/.s.PGSQL.${PORT}` }
      : { host: address.includes(':') ? '::1' : '127.0.0.1', from: address, port: PORT },
  tls: encryption === 'tls',
  user,
  database,
  ...(replication ? { replication: 'true' } : logical ? { replication: 'database' } : {}),
});

/**
 * Secrets are MD5 hashes, so that the password request identifies the method: with a SCRAM secret, `md5` sends a SCRAM
 * request.
 */
const prepare = [
  'create role admins login',
  'create role sub login in role admins',
  'create role bob login in role sub',
  ...roles
    .filter((role) => !['admins', 'sub', 'bob'].includes(role))
    .map((role) => `create role ${identifier(role)} login`),
  'alter role repl replication',
  "set password_encryption = 'md5'",
  ...roles.map((role) => `alter role ${identifier(role)} password 'x'`),
  ...databases.filter((name) => name !== 'postgres').map((name) => `create database ${identifier(name)}`),
];

describe.skipIf(!inNamespace)('decide', () => {
  let all = 0;

  it.each(majors)(
    'predicts who can connect to PostgreSQL %i, with which method, and the message for everyone else',
    async (major) => {
      let pairs = 0;
      const server = await hbaServer(major, ['max_wal_senders = 20', 'wal_level = replica']);
      try {
        for (const statement of prepare) await server.client.query(statement);
        for (let seed = firstSeed; seed < firstSeed + FILES; seed++) {
          const chance = new Chance(seed);
          const text = fileOf(chance, major);
          const hba = parseHba(text, { major });
          expect(hba.refused, text).toEqual([]);
          server.write({ text: Buffer.from(text), files: {} });
          await server.reload();
          const prepared = decider(hba);
          const connections = Array.from({ length: CONNECTIONS }, () => connectionOf(chance));
          for (let at = 0; at < connections.length; at += AT_ONCE) {
            const some = connections.slice(at, at + AT_ONCE);
            const answers = await Promise.all(some.map((one) => firstAnswer(startupOf(one, server))));
            for (const [index, connection] of some.entries()) {
              const decision = decide(hba, connection);
              const line = decision.outcome === 'record' ? decision.line : undefined;
              expect(prepared(connection)?.line, text).toBe(line);
              const ours =
                decision.message !== undefined
                  ? { refusal: decision.message }
                  : { method: decision.outcome === 'record' ? decision.method : '' };
              expect({ seed, text, connection, answer: ours }).toEqual({
                seed,
                text,
                connection,
                answer: answers[index],
              });
              pairs += 1;
            }
          }
        }
      } finally {
        await server.stop();
      }
      conforms({
        target: 'who gets in',
        files: ['pg_hba.conf'],
        judgedBy: `PostgreSQL ${major}`,
        tried: 'real connections of generated files: method or refusal text',
        plans: FILES,
        cases: pairs,
        reading: { major, disagreements: 0 },
        notCovered:
          'GSS encryption and host names: the servers of the tests are built without the one, no name service has the other',
      });
      all += pairs;
    },
  );

  afterAll(() => console.info(`decide: ${all} connections, from seed ${firstSeed}`));
});
