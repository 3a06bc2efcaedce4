import { describe, expect, test } from 'vitest';
import type { AuditInput } from '../findings.ts';
import { cisReport } from './cis-report.ts';

const verdict = (number: string, input: Partial<AuditInput>) =>
  cisReport({ major: 17, ...input }).items.find((item) => item.number === number)?.verdict;

describe('each item about postgresql.conf: satisfied, violated', () => {
  test.each<readonly [number: string, satisfied: string | null, violated: string | null]>([
    ['3.1.3', 'logging_collector = on', ''],
    ['3.1.6', 'log_file_mode = 0640', 'log_file_mode = 0644'],
    ['3.1.6', '', 'log_file_mode = 420'],
    ['3.1.7', 'log_truncate_on_rotation = yes', ''],
    ['3.1.11', '', 'syslog_sequence_numbers = off'],
    ['3.1.12', '', 'syslog_split_messages = off'],
    ['3.1.14', 'log_min_messages = DEBUG1', 'log_min_messages = error'],
    ['3.1.15', '', 'log_min_error_statement = panic'],
    ['3.1.16', '', 'debug_print_parse = on'],
    ['3.1.17', '', 'debug_print_rewritten = on'],
    ['3.1.18', '', 'debug_print_plan = on'],
    ['3.1.19', '', 'debug_pretty_print = off'],
    ['3.1.20', 'log_connections = on', ''],
    ['3.1.21', 'log_disconnections = on', 'log_disconnections = off'],
    ['3.1.22', 'log_error_verbosity = verbose', ''],
    ['3.1.23', '', 'log_hostname = on'],
    ['3.1.24', "log_line_prefix = '%m [%r] [%p]: [l-%l] %u@%d,app=%a,e=%e '", ''],
    [
      '3.1.24',
      "log_destination = syslog\nlog_line_prefix = 'user=%u,db=%d,app=%a,client=%h '",
      "log_line_prefix = '%u %d %a %h'",
    ],
    ['3.1.25', 'log_statement = ddl', ''],
    ['3.1.26', "log_timezone = 'Etc/UTC'", "log_timezone = 'Europe/Berlin'"],
    ['3.2', null, "shared_preload_libraries = 'pg_stat_statements'"],
    ['5.2', "listen_addresses = 'localhost, 10.0.0.5'", "listen_addresses = '0.0.0.0'"],
    ['5.6', "shared_preload_libraries = 'pgaudit, $libdir/passwordcheck'", ''],
    ['6.8', 'ssl = on', ''],
    ['6.9', "ssl_min_protocol_version = 'TLSv1.3'", "ssl_min_protocol_version = 'TLSv1.2'"],
    [
      '6.10',
      "ssl_ciphers = 'ECDHE-RSA-AES256-GCM-SHA384:TLS_AES_128_GCM_SHA256'",
      "ssl_ciphers = 'ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA'",
    ],
    ['7.2', 'log_replication_commands = on', ''],
    ['7.4', null, 'archive_mode = on'],
    ['8.1', null, ''],
  ])('%s', (number, satisfied, violated) => {
    if (satisfied !== null) expect(verdict(number, { conf: satisfied })).toBe('satisfied');
    if (violated !== null) expect(verdict(number, { conf: violated })).toBe('violated');
    expect(verdict(number, {})).toBe('unknown');
    // A file that is missing may set it.
    expect(verdict(number, { conf: `${violated ?? ''}\ninclude 'more.conf'\n` })).toBe('unknown');
  });

  test.each([
    ['3.1.2', ''],
    ['3.1.4', "log_directory = '/var/log/postgresql'"],
    ['3.1.5', ''],
    ['3.1.8', ''],
    ['3.1.9', ''],
    ['3.1.10', ''],
    ['3.1.13', ''],
    ['3.2', "shared_preload_libraries = 'pgaudit'"],
    ['7.4', "archive_mode = on\narchive_command = 'cp %p /archive/%f'"],
    ['8.1', 'temp_file_limit = 10GB'],
  ])('%s can’t be told by %j alone', (number, conf) => expect(verdict(number, { conf })).toBe('unknown'));

  test('a list of what to log counts from PostgreSQL 18 on', () => {
    expect(verdict('3.1.20', { conf: "log_connections = 'receipt,authorization'", major: 18 })).toBe('satisfied');
    expect(verdict('3.1.20', { conf: "log_connections = ''", major: 18 })).toBe('violated');
  });
});

describe('the items about pg_hba.conf', () => {
  test.each([
    ['5.3', 'local all all peer\nlocal all app reject', 'satisfied'],
    ['5.3', 'local all all trust', 'violated'],
    ['5.3', 'local all all scram-sha-256', 'unknown'],
    ['5.3', 'host all all all trust', 'unknown'],
    ['5.4', 'hostssl all all 10.0.0.0/8 scram-sha-256\nhost all all all reject', 'satisfied'],
    ['5.4', 'host all all 10.0.0.0/8 scram-sha-256\nhost all all 11.0.0.0/8 md5', 'violated'],
    ['5.4', 'host all all 10.0.0.0/8 ident', 'violated'],
    ['5.4', 'host all all 10.0.0.0/8 password', 'violated'],
    ['5.4', 'hostssl all all 10.0.0.0/8 ldap ldapserver=x', 'unknown'],
    // Only this host, and nobody: neither is a login from another host.
    ['5.4', 'host all all 127.0.0.1/32 trust', 'unknown'],
    ['5.4', 'host all all all reject\nhost all all 10.0.0.0/8 trust', 'satisfied'],
  ] as const)('%s of %j is %s', (number, hba, expected) => expect(verdict(number, { hba })).toBe(expected));

  test('while ssl is off, a hostssl rule violates nothing', () =>
    expect(verdict('5.4', { hba: 'hostssl all all all trust', conf: 'ssl = off' })).toBe('unknown'));
});

test('the report names the lines, and every item of the benchmark once', () => {
  const { items, notInFiles, benchmark } = cisReport({
    major: 17,
    hba: 'local all all peer\nhost all all 10.0.0.0/8 md5\n',
    conf: 'port = 1\nlog_hostname = on\n',
  });
  expect(items.find(({ number }) => number === '3.1.23')?.evidence).toEqual([
    {
      verdict: 'violated',
      message: 'log_hostname is on. Required: off.',
      place: { file: 'postgresql.conf', line: 2 },
    },
  ]);
  expect(items.find(({ number }) => number === '5.4')?.evidence[0]).toMatchObject({
    verdict: 'violated',
    place: { file: 'pg_hba.conf', line: 2 },
  });
  const numbers = [...items, ...notInFiles].map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  const counted = (section: string) => numbers.filter((number) => number.startsWith(section)).length;
  expect(['1.', '2.', '3.1.', '3.2', '4.', '5.', '6.', '7.', '8.'].map(counted)).toEqual([7, 4, 25, 1, 9, 6, 11, 5, 3]);
  expect(
    items
      .map(({ number }) => number)
      .slice(0, 10)
      .at(-1),
  ).toBe('3.1.11');
  expect(benchmark.title).toContain('17');
});
