import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Connection, parseHba, whatPsqlPrints } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { majors } from '../harness/binaries.ts';
import { must, run } from '../harness/command.ts';
import type { Layout } from '../harness/layout.ts';
import { withLibpq } from '../harness/libpq.ts';
import { inNamespace } from '../harness/namespace.ts';
import { freshServer, startServer } from '../harness/server.ts';

const folder = '/srv/psql-prints';

/** Each role covers another case, so that one file contains them all. */
const hba = `local all postgres trust
hostssl all tls_only all trust
hostnossl all plain_only all trust
host all rejected all reject
hostnossl all no_plain all reject
hostssl all no_tls all reject
hostnossl all no_tls all trust
hostssl postgres six ::1/128 trust
host other nowhere all trust
local postgres socket_only trust
local all no_socket reject
host all no_socket 127.0.0.0/8 trust
`;
const roles = ['tls_only', 'plain_only', 'no_tls', 'six', 'socket_only', 'no_socket'];
const cases = [...roles, 'rejected', 'no_plain', 'nowhere'];

const ways = [
  { host: '127.0.0.1', address: '127.0.0.1' },
  { host: '::1', address: '::1' },
  { host: 'localhost', address: '::1' },
  { host: '/tmp' },
] as const;

/**
 * psql of this machine on its own libpq, and on later ones, so that it behaves as those majors. Those differ in few
 * modes, so two roles distinguish them; without TLS a few roles represent all.
 */
const rounds = (ssl: boolean) => [
  { client: undefined, users: ssl ? cases : ['nowhere', 'tls_only', 'plain_only'], ways },
  ...majors
    .filter((client) => client >= 16)
    .map((client) => ({ client, users: ['nowhere', 'tls_only'], ways: ways.slice(2) })),
];

function connectionOf(user: string, way: (typeof ways)[number]): Connection {
  const from =
    'address' in way ? ({ transport: 'tcp', address: way.address } as const) : ({ transport: 'local' } as const);
  return { ...from, encryption: 'none', database: 'postgres', user, roles: [], replication: false };
}

async function psql(user: string, host: string, sslmode: string, client: number | undefined) {
  const conninfo = `host=${host} user=${user} dbname=postgres sslmode=${sslmode}`;
  const { code, stderr } = await run('psql', ['-w', '-c', 'select', '-d', conninfo], {
    env: { PGSSLROOTCERT: `${folder}/server.crt`, ...(client === undefined ? {} : withLibpq(client)) },
  });
  return { sslmode, ends: code === 0 ? 'authenticates' : 'refused', printed: stderr.trimEnd() };
}

function layoutWith(ssl: boolean): Layout {
  const settings = ["unix_socket_directories = '/tmp'", "listen_addresses = '*'"];
  if (ssl) settings.push('ssl = on', `ssl_cert_file = '${folder}/server.crt'`, `ssl_key_file = '${folder}/server.key'`);
  return {
    configDirectory: `${folder}/data`,
    dataDirectory: `${folder}/data`,
    socketDirectory: '/tmp',
    account: 'postgres',
    settings,
    here: (path) => path,
    rewrite: (content) => content,
  };
}

function certificate(): void {
  mkdirSync(folder, { recursive: true });
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1';
  const [key, cert] = [`${folder}/server.key`, `${folder}/server.crt`];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  must('openssl', [
    'req',
    '-x509',
    '-days',
    '2',
    ...curve,
    '-subj',
    '/CN=localhost',
    '-addext',
    names,
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  const { uid, gid } = accountNamed('postgres');
  chownSync(key, uid, gid);
}

describe.skipIf(!inNamespace)('the output of psql for each sslmode is predicted exactly', () => {
  for (const major of majors.filter((one) => [11, 14, 18, 19].includes(one))) {
    for (const ssl of [true, false]) {
      it(`by PostgreSQL ${major} with${ssl ? '' : 'out'} TLS`, async () => {
        certificate();
        const layout = layoutWith(ssl);
        await freshServer(major, 'postgres', layout);
        writeFileSync(`${folder}/data/pg_hba.conf`, hba);
        const server = await startServer(major, layout);
        let refused = 0;
        let letIn = 0;
        try {
          const made = await run('psql', [
            '-h',
            '/tmp',
            '-U',
            'postgres',
            '-c',
            roles.map((role) => `create role ${role} login;`).join(' '),
          ]);
          expect([made.stderr, made.code]).toEqual(['', 0]);
          for (const { client, users, ways } of rounds(ssl)) {
            for (const user of users) {
              for (const way of ways) {
                const about = [client, user, way.host];
                const foretold = whatPsqlPrints(parseHba(hba, { major }), connectionOf(user, way), {
                  clientMajor: client ?? 15,
                  port: 5432,
                  ssl,
                  ...way,
                });
                const said = await Promise.all(foretold.map(({ sslmode }) => psql(user, way.host, sslmode, client)));
                expect([...about, said]).toEqual([
                  ...about,
                  foretold.map(({ sslmode, ends, lines }) => ({ sslmode, ends, printed: lines.join('\n') })),
                ]);
                refused += foretold.filter(({ ends }) => ends === 'refused').length;
                letIn += foretold.filter(({ ends }) => ends === 'authenticates').length;
              }
            }
          }
        } finally {
          await server.stop();
        }
        expect(refused).toBeGreaterThan(50);
        expect(letIn).toBeGreaterThan(5);
      });
    }
  }
});
