import { describe, expect, test } from 'vitest';
import { defaultPlan } from '../../../core/index.ts';
import { type Kind, majorIn, recognize } from './recognize.ts';

describe('what a pasted text is', () => {
  test.each<[Kind | null, string]>([
    ['rules', 'host all all 10.0.0.0/8 scram-sha-256'],
    ['rules', '# TYPE DATABASE USER ADDRESS METHOD\nlocal   all   all   peer\n'],
    ['rules', '#password_encryption = md5\nhostssl orders app 2001:db8::/32 cert clientcert=verify-full'],
    ['settings', "listen_addresses = '*'"],
    ['settings', "#port = 5432\nssl = on # (change requires restart)\nlog_line_prefix = '%m [%p] %q%u@%d '"],
    ['message', 'psql: error: connection to server at "db" (10.0.0.1), port 5432 failed: Connection refused'],
    ['message', 'FATAL:  no pg_hba.conf entry for host "10.0.0.7", user "app", database "orders", no encryption'],
    ['message', 'FATAL:  kein pg_hba.conf-Eintrag f\u00fcr Host \u00ab10.0.0.7\u00bb'],
    ['message', 'org.postgresql.util.PSQLException: The connection attempt failed.'],
    ['certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['private-key', '-----BEGIN CERTIFICATE-----\nx\n-----BEGIN EC PRIVATE KEY-----\ny'],
    ['plan', JSON.stringify(defaultPlan('vpn'))],
    ['link', 'https://postern.example/?view=plan#a1bcDEF'],
    ['link', '  http://localhost:4173/?view=map#sXYZ\n'],
    ['roles', ' Role name | Attributes\n-----------+------------\n app       | \n'],
    ['shown-settings', ' name | setting | description\n------+---------+----\n ssl | on | Enables SSL.\n'],
    ['shown-settings', 'name|setting\nssl|on'],
    [null, ''],
    [null, '   \n'],
    [null, 'hello'],
    [null, '{"version": 1}'],
    [null, 'https://example.com/page#top'],
  ])('%s: %j', (kind, text) => expect(recognize(text)).toBe(kind));
});

test('a text of any shape is looked at in time that grows with its length alone', () => {
  const time = (text: string) => {
    const since = performance.now();
    recognize(text);
    return performance.now() - since;
  };
  const shapes = [
    (n: number) => `x\n${' '.repeat(n)}y`,
    (n: number) => `${'#'.repeat(n)}`,
    (n: number) => `x\n${'a '.repeat(n)}`,
  ];
  // Quadratic time would take minutes here.
  for (const shape of shapes) expect(time(shape(400_000))).toBeLessThan(5000);
});

describe('the version that a text names', () => {
  test.each<[number | null, string]>([
    [14, "data_directory = '/var/lib/postgresql/14/main'\nhba_file = '/etc/postgresql/14/main/pg_hba.conf'"],
    [14, "cluster_name = '14/main'"],
    [16, '# PostgreSQL 16.2 on x86_64-pc-linux-gnu'],
    [17, '/usr/pgsql-17/bin/postgres'],
    [15, 'systemctl restart postgresql@15-main'],
    [null, '/etc/postgresql/14/main and /etc/postgresql/15/main'],
    [null, 'host all all 10.14.0.0/16 md5'],
    [null, ''],
  ])('%s: %j', (major, text) => expect(majorIn(text)).toBe(major));
});
