import { afterAll, describe, expect, test } from 'vitest';
import { score } from '../../testing/score.ts';
import { diagnose } from './diagnose.ts';
import recorded from './drivers.recorded.json';
import { evidence } from './evidence.ts';

const messages: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = recorded.messages;

/** What each failure of scripts/extract-driver-messages.mjs is. */
const causes: Readonly<Record<string, string>> = {
  'host not found': 'name-not-found',
  refused: 'connection-refused',
  'no answer': 'timed-out',
  'closed at once': 'closed-early',
  'another program': 'not-postgresql',
  'no entry, unencrypted': 'no-entry-without-tls',
  'no entry, TLS': 'no-entry',
  'reject rule': 'rejected-without-tls',
  'wrong password': 'password-refused',
  'no password given': 'no-password-given',
  'unknown role': 'role-missing',
  'unknown database': 'database-missing',
  'unencrypted to a hostssl rule': 'no-entry-without-tls',
  'TLS required, server without': 'tls-not-offered',
  'CA unknown': 'certificate-untrusted',
  'wrong host name': 'certificate-name',
  'certificate expired': 'certificate-expired',
  'too many connections': 'too-many-connections',
  ident: 'ident-failed',
  peer: 'peer-failed',
};

const LIBPQ = ['psql', 'psycopg2', 'psycopg', 'SQLAlchemy', 'PHP PDO', 'ruby-pg', 'DBD::Pg'];
const same = (drivers: readonly string[], cause: string) => Object.fromEntries(drivers.map((name) => [name, cause]));

/** What a driver's message says at most, where that is less than the failure. */
const saysLess: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // They send an empty password.
  'no password given': same(['asyncpg', 'postgres.js', 'lib/pq', 'pgx'], 'password-refused'),
  // They report that the other end closed the connection, not what it sent before.
  'another program': same(['asyncpg', 'node-postgres', 'pgx'], 'closed-early'),
  // It goes on with TLS after the server has declined, and the server closes the connection.
  'TLS required, server without': same(['postgres.js'], 'closed-early'),
  // libpq doesn't say why the verification failed.
  'certificate expired': same(LIBPQ, 'certificate-not-verified'),
  'CA unknown': same(LIBPQ, 'certificate-not-verified'),
};

/** Messages that say nothing about the cause. */
const silent = ['', 'TimeoutError', 'The connection attempt failed.', 'unexpected EOF'];

const found = (text: string) => diagnose(text).causes.map(({ id }) => id);
const cases = Object.entries(causes).flatMap(([failure, cause]) =>
  Object.entries(messages[failure] ?? {}).map(([driver, texts]) => ({
    failure,
    driver,
    cause: saysLess[failure]?.[driver] ?? cause,
    texts: texts.filter((text) => !silent.includes(text)),
  })),
);

describe('a driver that fails against a real server', () => {
  afterAll(() => {
    for (const driver of new Set(cases.map((one) => one.driver))) {
      const own = cases.filter((one) => one.driver === driver);
      const right = own.filter(({ texts, cause }) => texts.every((text) => found(text).join() === cause)).length;
      score({ target: 'drivers that failed', tried: driver, right, of: own.length });
    }
  });

  test('is there for each failure', () => {
    expect(Object.keys(messages)).toEqual(Object.keys(causes));
    expect(cases.length).toBeGreaterThan(240);
  });

  test.each(cases)('$failure: $driver says $cause', ({ cause, texts }) => {
    for (const text of texts) expect([text, found(text)]).toEqual([text, [cause]]);
  });

  test.each(cases)('$failure: codes and functions in the message of $driver agree', ({ cause, texts }) => {
    for (const text of texts) {
      const { causes: left = [] } = evidence(text) ?? {};
      if (left.length > 0) expect([text, left]).toEqual([text, expect.arrayContaining([cause])]);
    }
  });
});
