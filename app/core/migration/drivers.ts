import { type Document, manual, vendor } from '../source.ts';

/** What the migration needs from the driver of a client. */
export interface Driver {
  /** The library, and programs that use it. */
  readonly name: string;
  /** The first version that supports SCRAM-SHA-256. */
  readonly scram: string;
  /** How a connection requires TLS and verifies the server. */
  readonly tls: string;
  /** The source of `scram`. */
  readonly source: Document;
}

export const drivers: readonly Driver[] = [
  {
    name: 'libpq (psql, psycopg, PHP, Ruby, ODBC)',
    scram: '10',
    tls: 'sslmode=verify-full sslrootcert=ca.crt',
    source: manual('auth-password', 'Password Authentication'),
  },
  {
    name: 'pgJDBC',
    scram: '42.2.0, on Java 8 or later',
    tls: 'sslmode=verify-full&sslrootcert=ca.crt',
    source: vendor('pgJDBC, changelog of 42.2.0', 'https://jdbc.postgresql.org/changelogs/2018-01-17-42.2.0-release/'),
  },
  {
    name: 'Npgsql',
    scram: '3.2.7',
    tls: 'SSL Mode=VerifyFull;Root Certificate=ca.crt',
    source: vendor('DbUp, pull request 602', 'https://github.com/DbUp/DbUp/pull/602'),
  },
  {
    name: 'node-postgres',
    scram: '7.9.0',
    tls: 'ssl: { ca }; without it, the connection is unencrypted',
    source: vendor('node-postgres, changelog', 'https://github.com/brianc/node-postgres/blob/master/CHANGELOG.md'),
  },
  {
    name: 'lib/pq',
    scram: '1.1.0',
    tls: 'sslmode=verify-full sslrootcert=ca.crt',
    source: vendor('lib/pq, release 1.1.0', 'https://github.com/lib/pq/releases/tag/v1.1.0'),
  },
  {
    name: 'pgx',
    scram: '4.0.0',
    tls: 'sslmode=verify-full sslrootcert=ca.crt',
    source: vendor('pgx, issue 451', 'https://github.com/jackc/pgx/issues/451'),
  },
  {
    name: 'asyncpg',
    scram: '0.19.0',
    tls: 'ssl=ssl.create_default_context(cafile="ca.crt")',
    source: vendor('asyncpg, release 0.19.0', 'https://github.com/MagicStack/asyncpg/releases/tag/v0.19.0'),
  },
];
