import { describe, expect, test } from 'vitest';
import type { Connection } from '../hba-analysis/decide.ts';
import { parseHba } from '../postgres/hba/hba.ts';
import { whatPsqlPrints, whatPsqlPrintsOutside } from './psql.ts';

const connection: Connection = {
  transport: 'tcp',
  encryption: 'none',
  address: '10.0.0.9',
  user: 'app',
  database: 'app',
  roles: [],
  replication: false,
};
const printed = (hba: string, clientMajor: number, ssl = true, major = 18) =>
  Object.fromEntries(
    whatPsqlPrints(parseHba(hba, { major }), connection, {
      clientMajor,
      host: 'db',
      address: '203.0.113.7',
      port: 5432,
      ssl,
    }).map(({ sslmode, ends, lines }) => [sslmode, ends === 'refused' ? lines : ends]),
  );

describe('what psql prints', () => {
  const at = 'connection to server at "db" (203.0.113.7), port 5432 failed: ';
  const no = (words: string) =>
    `FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "app", database "app", ${words}`;

  test('prefer and allow try both ways, in opposite order, and every other mode one', () => {
    const said = printed('local all all peer', 15);
    const [plain, tls] = [`${at}${no('no encryption')}`, `${at}${no('SSL encryption')}`];
    expect(said).toEqual({
      disable: [`psql: error: ${plain}`],
      allow: [`psql: error: ${plain}`, tls],
      prefer: [`psql: error: ${tls}`, plain],
      require: [`psql: error: ${tls}`],
      'verify-ca': [`psql: error: ${tls}`],
      'verify-full': [`psql: error: ${tls}`],
    });
  });

  test('before 14 it does not print the host, and an old server prints SSL on and SSL off', () => {
    expect(printed('local all all peer', 13, true, 13).prefer).toEqual([`psql: error: ${no('SSL on')}`, no('SSL off')]);
    expect(printed('local all all peer', 11, true, 11).disable).toEqual([`psql: ${no('SSL off')}`]);
  });

  test('a record that matches one of the attempts ends them', () => {
    expect(printed('hostssl all all all scram-sha-256', 16)).toMatchObject({
      disable: [expect.any(String)],
      allow: 'authenticates',
      prefer: 'authenticates',
      require: 'authenticates',
    });
    expect(printed('hostnossl all all all scram-sha-256', 16)).toMatchObject({
      disable: 'authenticates',
      prefer: 'authenticates',
      require: [expect.stringContaining('SSL encryption')],
    });
  });

  test('the modes that require TLS report a server without TLS', () => {
    const said = printed('local all all peer', 16, false);
    expect(said.require).toEqual([`psql: error: ${at}server does not support SSL, but SSL was required`]);
    expect(said.prefer).toHaveLength(1);
    expect(said.allow).toHaveLength(2);
    expect(printed('local all all peer', 17, false).allow?.[1]).toContain('server does not support SSL');
  });
});

/** What the libpq of each major prints where nothing listens, recorded from 11 to 18. */
describe('what psql prints where it does not reach PostgreSQL', () => {
  const local: Connection = {
    transport: 'local',
    encryption: 'none',
    user: 'x',
    database: 'x',
    roles: [],
    replication: false,
  };
  const ways = [
    [connection, { host: '127.0.0.1', address: '127.0.0.1' }],
    [connection, { host: 'localhost', address: '127.0.0.1' }],
    [local, { host: '/tmp' }],
  ] as const;
  const said = (clientMajor: number) =>
    ways.map(([from, to]) => {
      const answers = whatPsqlPrintsOutside('refused', from, { ...to, clientMajor, port: 1 });
      expect(new Set(answers.map(({ lines }) => lines.join('\n'))).size).toBe(1);
      return answers[0]?.lines.join('\n').replace(/^psql: (?:error: )?/, '');
    });

  test.each([11, 12, 13])('%i', (major) =>
    expect(said(major)).toEqual([
      'could not connect to server: Connection refused\n\tIs the server running on host "127.0.0.1" and accepting\n\tTCP/IP connections on port 1?',
      'could not connect to server: Connection refused\n\tIs the server running on host "localhost" (127.0.0.1) and accepting\n\tTCP/IP connections on port 1?',
      'could not connect to server: No such file or directory\n\tIs the server running locally and accepting\n\tconnections on Unix domain socket "/tmp/.s.PGSQL.1"?',
    ]),
  );

  test.each([14, 15, 16, 17, 18])('%i', (major) =>
    expect(said(major)).toEqual([
      'connection to server at "127.0.0.1", port 1 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?',
      'connection to server at "localhost" (127.0.0.1), port 1 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?',
      'connection to server on socket "/tmp/.s.PGSQL.1" failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?',
    ]),
  );
});
