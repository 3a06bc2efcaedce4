import { describe, expect, it } from 'vitest';
import { type Connection, decide, parseHba } from '../../../app/core/index.ts';
import { majors } from '../harness/binaries.ts';
import { conforms } from '../harness/conformance.ts';
import { hbaServer, PORT } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';
import { firstAnswer } from '../harness/startup.ts';

/** Every kind of connection that a record can reject: by path, encryption and purpose. */
const ways = [
  { transport: 'local', encryption: 'none' },
  { transport: 'tcp', encryption: 'none', address: '127.0.0.1' },
  { transport: 'tcp', encryption: 'tls', address: '127.0.0.1' },
  { transport: 'tcp', encryption: 'none', address: '::1' },
  { transport: 'tcp', encryption: 'tls', address: '::1' },
] as const;
const purposes = [
  { replication: false },
  { replication: true, startup: 'true' },
  { replication: false, logical: true, startup: 'database' },
] as const;
const files = {
  'no entry': 'local all postgres trust\n',
  reject: 'local all postgres trust\nlocal all,replication all reject\nhost all,replication all all reject\n',
};

describe.skipIf(!inNamespace)('a connection that pg_hba.conf rejects', () => {
  it.each(majors)('gets the message from PostgreSQL %i that decide predicts', async (major) => {
    const server = await hbaServer(major, ['max_wal_senders = 5', 'wal_level = logical']);
    let cases = 0;
    try {
      await server.client.query('create role repl login replication');
      for (const [name, text] of Object.entries(files)) {
        server.write({ text: Buffer.from(text), files: {} });
        await server.reload();
        const hba = parseHba(text, { major });
        for (const way of ways) {
          for (const { startup, ...purpose } of purposes.map((one) => ({ startup: undefined, ...one }))) {
            const connection: Connection = { ...way, ...purpose, database: 'postgres', user: 'repl', roles: [] };
            const to =
              way.transport === 'local'
                ? { path: `${server.socketDirectory}/.s.PGSQL.${PORT}` }
                : { host: way.address, from: way.address, port: PORT };
            const answer = await firstAnswer({
              to,
              tls: way.encryption === 'tls',
              user: 'repl',
              database: 'postgres',
              ...(startup === undefined ? {} : { replication: startup }),
            });
            const decision = decide(hba, connection);
            expect({ name, connection, refusal: decision.message }).toEqual({ name, connection, ...answer });
            cases += 1;
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
      tried: 'the words of every refusal, for replication of both kinds too',
      plans: Object.keys(files).length,
      cases,
      reading: { major, disagreements: 0 },
      notCovered: 'GSS encryption: the servers of the tests are built without it',
    });
  });
});
