import { describe, expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';

/**
 * Messages of drivers that scripts/extract-driver-messages.mjs can't run: [driver, message, cause]. Those of Prisma, and
 * `password missing` of tokio-postgres, were read in the source; the others are as users report them.
 */
const texts: readonly (readonly [string, string, string])[] = [
  [
    'Npgsql',
    'Npgsql.NpgsqlException (0x80004005): No password has been provided but the backend requires one (in SASL/SCRAM-SHA-256)',
    'no-password-given',
  ],
  [
    'Npgsql',
    'Npgsql.NpgsqlException (0x80004005): SSL connection requested. No SSL enabled connection from this host is configured.',
    'tls-not-offered',
  ],
  [
    'Npgsql',
    'Npgsql.PostgresException (0x80004005): 28P01: password authentication failed for user "anna"',
    'password-refused',
  ],
  ['Npgsql', 'Npgsql.PostgresException (0x80004005): 3D000: database "sales" does not exist', 'database-missing'],
  ['Npgsql', 'System.TimeoutException: The operation has timed out.', 'timed-out'],
  ['tokio-postgres', 'error performing TLS handshake: server does not support TLS', 'tls-not-offered'],
  ['tokio-postgres', 'invalid configuration: password missing', 'no-password-given'],
  ['tokio-postgres', 'error connecting to server: Connection refused (os error 111)', 'connection-refused'],
  ['tokio-postgres', 'error connecting to server: connection timed out', 'timed-out'],
  ['tokio-postgres', 'db error: FATAL: role "anna" does not exist', 'role-missing'],
  [
    'sqlx',
    'error occurred while attempting to establish a TLS connection: server does not support TLS',
    'tls-not-offered',
  ],
  ['sqlx', 'error returned from database: password authentication failed for user "anna"', 'password-refused'],
  [
    'sqlx',
    'error communicating with database: failed to lookup address information: Name or service not known',
    'name-not-found',
  ],
  ['rustls', 'invalid peer certificate: Expired', 'certificate-expired'],
  [
    'rustls',
    'invalid peer certificate: certificate expired: verification time 1780000000 (UNIX), but certificate is not valid after 1770000000 (10000000 seconds ago)',
    'certificate-expired',
  ],
  ['rustls', 'invalid peer certificate: UnknownIssuer', 'certificate-untrusted'],
  [
    'rustls',
    'invalid peer certificate: certificate not valid for name "db.example.com"; certificate is only valid for DnsName("db.internal")',
    'certificate-name',
  ],
  [
    'Postgrex',
    '[error] Postgrex.Protocol (#PID<0.1.0>) failed to connect: ** (DBConnection.ConnectionError) tcp connect (db.example.com:5432): connection refused - :econnrefused',
    'connection-refused',
  ],
  [
    'Postgrex',
    '** (DBConnection.ConnectionError) tcp connect (db.example.com:5432): non-existing domain - :nxdomain',
    'name-not-found',
  ],
  ['Postgrex', '** (DBConnection.ConnectionError) tcp connect (203.0.113.9:5432): timeout', 'timed-out'],
  ['Postgrex', '** (Postgrex.Error) ssl not available', 'tls-not-offered'],
  [
    'Postgrex',
    '** (Postgrex.Error) FATAL 28P01 (invalid_password) password authentication failed for user "anna"',
    'password-refused',
  ],
  ['Prisma', "Error: P1001: Can't reach database server at `db.example.com`:`5432`", 'server-unreachable'],
  [
    'Prisma',
    'Error: P1000: Authentication failed against database server at `db.example.com`, the provided database credentials for `anna` are not valid.',
    'password-refused',
  ],
  [
    'Prisma',
    'Error: P1003: Database `sales` does not exist on the database server at `db.example.com:5432`.',
    'database-missing',
  ],
  [
    'Prisma',
    'Error: P1011: Error opening a TLS connection: error performing TLS handshake: server does not support TLS',
    'tls-not-offered',
  ],
  [
    'crypto/x509',
    "x509: cannot validate certificate for 203.0.113.9 because it doesn't contain any IP SANs",
    'certificate-name',
  ],
  ['crypto/x509', 'x509: certificate relies on legacy Common Name field, use SANs instead', 'certificate-name'],
  [
    'crypto/x509',
    'tls: failed to verify certificate: x509: “db.example.com” certificate is not trusted',
    'certificate-untrusted',
  ],
  [
    'pgx 5',
    'failed to connect to `user=anna database=sales`: 203.0.113.9:5432 (db.example.com): dial error: timeout: dial tcp 203.0.113.9:5432: connect: connection timed out',
    'timed-out',
  ],
  [
    'pgx 5',
    'failed to connect to `user=anna database=sales`: 203.0.113.9:5432 (db.example.com): tls error: server refused TLS connection',
    'tls-not-offered',
  ],
  [
    'TypeORM',
    'Unable to connect to the database. Retrying (1)... Error: connect ECONNREFUSED 127.0.0.1:5432',
    'connection-refused',
  ],
];

describe('a message from the source of a driver', () => {
  test.each(texts)('%s: %s', (_, text, cause) => {
    const found = diagnose(text).causes.map(({ id }) => id);
    expect(found).toEqual([cause]);
  });
});
