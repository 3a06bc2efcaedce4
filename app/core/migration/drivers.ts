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
  readonly binding: DriverBinding;
}

/** SCRAM with channel binding (SCRAM-SHA-256-PLUS). */
export interface DriverBinding {
  /** The first version in which a connection can require it; or that it can't, and the version that was read. */
  readonly since: string;
  /** The parameter; absent if there is none. */
  readonly parameter?: string;
  readonly sources: readonly [Document, ...Document[]];
}

const rustPostgres = vendor(
  'tokio-postgres, changelog',
  'https://github.com/rust-postgres/rust-postgres/blob/master/tokio-postgres/CHANGELOG.md',
);

export const drivers: readonly Driver[] = [
  {
    name: 'libpq (psql, PHP, Ruby, ODBC)',
    scram: '10',
    tls: 'sslmode=verify-full sslrootcert=ca.crt',
    source: manual('auth-password', 'Password Authentication'),
    binding: {
      since: '13',
      parameter: 'channel_binding=require',
      sources: [manual('libpq-connect', 'Database Connection Control Functions', 13)],
    },
  },
  {
    name: 'psycopg (its binary package contains a libpq of its own)',
    scram: 'with libpq 10',
    tls: 'sslmode=verify-full sslrootcert=ca.crt',
    source: manual('auth-password', 'Password Authentication'),
    binding: {
      since: 'with libpq 13; pq.version() returns the version',
      parameter: 'channel_binding=require',
      sources: [vendor('psycopg, installation', 'https://www.psycopg.org/psycopg3/docs/basic/install.html')],
    },
  },
  {
    name: 'pgJDBC',
    scram: '42.2.0, on Java 8 or later',
    tls: 'sslmode=verify-full&sslrootcert=ca.crt',
    source: vendor('pgJDBC, changelog of 42.2.0', 'https://jdbc.postgresql.org/changelogs/2018-01-17-42.2.0-release/'),
    binding: {
      since: '42.7.12; versions from 42.7.4 on have the parameter, but can be made to log in without channel binding',
      parameter: 'channelBinding=require',
      sources: [
        vendor(
          'pgJDBC, advisory GHSA-j92g-9f8w-j867',
          'https://github.com/pgjdbc/pgjdbc/security/advisories/GHSA-j92g-9f8w-j867',
        ),
      ],
    },
  },
  {
    name: 'Npgsql',
    scram: '3.2.7',
    tls: 'SSL Mode=VerifyFull;Root Certificate=ca.crt',
    source: vendor('DbUp, pull request 602', 'https://github.com/DbUp/DbUp/pull/602'),
    binding: {
      since: '8.0',
      parameter: 'Channel Binding=Require',
      sources: [
        vendor('Npgsql, connection string parameters', 'https://www.npgsql.org/doc/connection-string-parameters.html'),
      ],
    },
  },
  {
    name: 'node-postgres',
    scram: '7.9.0',
    tls: 'ssl: { ca }; without it, the connection is unencrypted',
    source: vendor('node-postgres, changelog', 'https://github.com/brianc/node-postgres/blob/master/CHANGELOG.md'),
    binding: {
      since: "8.14.0 uses it where the server offers it, but can't require it",
      parameter: 'enableChannelBinding: true',
      sources: [
        vendor('node-postgres, changelog', 'https://github.com/brianc/node-postgres/blob/master/CHANGELOG.md'),
        vendor('node-postgres, SSL', 'https://node-postgres.com/features/ssl'),
      ],
    },
  },
  {
    name: 'lib/pq',
    scram: '1.1.0',
    tls: 'sslmode=verify-full sslrootcert=ca.crt',
    source: vendor('lib/pq, release 1.1.0', 'https://github.com/lib/pq/releases/tag/v1.1.0'),
    binding: {
      since: 'Not supported as of 1.12.3',
      sources: [
        vendor('lib/pq, pull request 1181', 'https://github.com/lib/pq/pull/1181'),
        vendor('lib/pq, connector.go', 'https://github.com/lib/pq/blob/master/connector.go'),
      ],
    },
  },
  {
    name: 'pgx',
    scram: '4.0.0',
    tls: 'sslmode=verify-full sslrootcert=ca.crt',
    source: vendor('pgx, issue 451', 'https://github.com/jackc/pgx/issues/451'),
    binding: {
      since: '5.9.0',
      parameter: 'channel_binding=require',
      sources: [
        vendor('pgx, changelog', 'https://github.com/jackc/pgx/blob/master/CHANGELOG.md'),
        vendor('pgx, pull request 2517', 'https://github.com/jackc/pgx/pull/2517'),
      ],
    },
  },
  {
    name: 'asyncpg',
    scram: '0.19.0',
    tls: 'ssl=ssl.create_default_context(cafile="ca.crt")',
    source: vendor('asyncpg, release 0.19.0', 'https://github.com/MagicStack/asyncpg/releases/tag/v0.19.0'),
    binding: {
      since: 'Not supported as of 0.31.0',
      sources: [
        vendor('asyncpg, scram.pyx', 'https://github.com/MagicStack/asyncpg/blob/master/asyncpg/protocol/scram.pyx'),
      ],
    },
  },
  {
    name: 'tokio-postgres',
    scram: '0.4.0',
    tls: 'sslmode=require, and a TLS connector that trusts ca.crt',
    source: rustPostgres,
    binding: { since: '0.5.0', parameter: 'channel_binding=require', sources: [rustPostgres] },
  },
  {
    name: 'SQLx',
    scram: '0.1.4',
    tls: 'sslmode=verify-full&sslrootcert=ca.crt',
    source: vendor('SQLx, changelog', 'https://github.com/launchbadge/sqlx/blob/main/CHANGELOG.md'),
    binding: {
      since: 'Not supported as of 0.9.0-alpha.1, which ignores the parameter channel_binding with a warning',
      sources: [
        vendor('SQLx, sasl.rs', 'https://github.com/launchbadge/sqlx/blob/main/sqlx-postgres/src/connection/sasl.rs'),
        vendor('SQLx, parse.rs', 'https://github.com/launchbadge/sqlx/blob/main/sqlx-postgres/src/options/parse.rs'),
      ],
    },
  },
];
