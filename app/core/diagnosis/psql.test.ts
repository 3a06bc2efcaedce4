import { describe, expect, test } from 'vitest';
import type { Connection } from '../access/decide.ts';
import { parseHba } from '../postgres/hba/hba.ts';
import { whatPsqlPrints } from './psql.ts';

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

  test('before 14 it does not say where, and an old server says SSL on and SSL off', () => {
    expect(printed('local all all peer', 13, true, 13).prefer).toEqual([`psql: error: ${no('SSL on')}`, no('SSL off')]);
    expect(printed('local all all peer', 11, true, 11).disable).toEqual([`psql: ${no('SSL off')}`]);
  });

  test('a record that catches one of the tries ends them', () => {
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

  test('a server without TLS says so to the modes that insist', () => {
    const said = printed('local all all peer', 16, false);
    expect(said.require).toEqual([`psql: error: ${at}server does not support SSL, but SSL was required`]);
    expect(said.prefer).toHaveLength(1);
    expect(said.allow).toHaveLength(2);
    expect(printed('local all all peer', 17, false).allow?.[1]).toContain('server does not support SSL');
  });
});
