import { describe, expect, test } from 'vitest';
import { parseConf } from '../postgres/conf/conf.ts';
import { hostsEntryFor, parseHosts } from '../postgres/hosts/hosts.ts';
import { audit } from './audit.ts';
import { jsonReport } from './export/json.ts';
import { sarifReport } from './export/sarif.ts';
import { hostsRules } from './hosts-rules.ts';

const found = (hosts: string, { major = 19, conf }: { major?: number; conf?: string } = {}) =>
  audit({ hosts, major, ...(conf === undefined ? {} : { conf: parseConf(conf, { major }) }) })
    .filter(({ id }) => id.startsWith('hosts-'))
    .map(({ id, line, included, message }) => ({ id: id.slice(6), line, included, message }));
const ids = (...of: Parameters<typeof found>) =>
  found(...of)
    .map(({ id }) => id)
    .filter((id) => id !== 'certificates');

describe('each rule about pg_hosts.conf', () => {
  test.each(hostsRules.map((rule) => [rule.id, rule] as const))(
    '%s finds its wrong example and not its right one, and a comment in the file silences it',
    (id, { wrong, right }) => {
      // The file itself is right in the version that reads it.
      const major = id === 'hosts-file-unused' ? 18 : 19;
      // Without a CA in postgresql.conf there is none to lose.
      const conf = parseConf("ssl_ca_file = 'root.crt'\ninclude 'more.conf'\n", { major });
      const has = (hosts: string, of: number) => audit({ hosts, conf, major: of }).some((finding) => finding.id === id);
      expect(has(wrong, major)).toBe(true);
      expect(has(right, 19)).toBe(false);
      expect(has(`# postern-ignore-file: ${id}\n${wrong}`, major)).toBe(false);
    },
  );

  const rest = '\n/no_sni/ d.crt d.key';
  test.each([
    ['', []],
    ['a.example a.crt a.key', ['lock-out']],
    ['* a.crt a.key', []],
    ['/no_sni/ a.crt a.key', []],
    [`*.example.com a.crt a.key${rest}`, ['name-not-sent']],
    [`10.0.0.1,::1,a.example a.crt a.key${rest}`, ['name-not-sent', 'name-not-sent']],
    [`/other/ a.crt a.key${rest}`, ['name-not-sent']],
    [`"" a.crt a.key${rest}`, ['name-not-sent']],
    [`a_b.example a.crt a.key${rest}`, []],
    [`a.example a.crt${rest}`, ['line-rejected']],
    [`a.example a.crt a.key x y maybe${rest}`, ['line-rejected']],
    [`a.example a.crt a.key x y yes z${rest}`, ['line-rejected']],
    [`a.example,* a.crt a.key${rest}`, ['line-rejected']],
    [`a.example a.crt a.key\nb.example,A.example a.crt a.key${rest}`, ['line-rejected']],
  ])('%j', (hosts, expected) => expect(ids(hosts)).toEqual(expected));

  test('the file is unused before 19, and where ssl_sni is off', () => {
    expect(ids('a.example a.crt a.key', { major: 18 })).toEqual(['file-unused']);
    expect(ids('* a.crt a.key', { conf: 'ssl = on' })).toEqual(['file-unused']);
    expect(ids('* a.crt a.key', { conf: 'ssl_sni = off' })).toEqual(['file-unused']);
    expect(ids('* a.crt a.key', { conf: 'ssl_sni = yes' })).toEqual([]);
    expect(ids('* a.crt a.key', { conf: "include 'more.conf'" })).toEqual([]);
    expect(ids('# empty', { conf: 'ssl = on' })).toEqual([]);
  });

  test('an entry without a CA loses that of ssl_ca_file', () => {
    const conf = "ssl_sni = on\nssl_ca_file = 'root.crt'\n";
    expect(ids('a.example a.crt a.key\n* b.crt b.key root.crt\n/no_sni/ c.crt c.key ""', { conf })).toEqual([
      'client-ca',
      'client-ca',
    ]);
    expect(ids('* a.crt a.key root.crt', { conf })).toEqual([]);
    expect(ids('* a.crt a.key', { conf: 'ssl_sni = on' })).toEqual([]);
    expect(ids('* a.crt a.key', { conf: "ssl_sni = on\nssl_ca_file = ''" })).toEqual([]);
    expect(ids('* a.crt a.key', { conf: "ssl_ca_file = 'root.crt'", major: 18 })).toEqual(['file-unused']);
  });

  test('the certificate of each name, of any other name and of no name is listed with its place', () =>
    expect(found('# c\na.example,b.example a.crt a.key\n* b.crt b.key\n')).toEqual([
      { id: 'certificates', line: undefined, included: 'pg_hosts.conf', message: 'Any other name: b.crt.' },
      {
        id: 'certificates',
        line: undefined,
        included: 'pg_hosts.conf',
        message: 'An IP address, or a client without SNI: b.crt.',
      },
      { id: 'certificates', line: 2, included: 'pg_hosts.conf', message: 'a.example, b.example: a.crt.' },
    ]));

  test('the reports name the file', () => {
    const findings = audit({ hosts: 'a.example a.crt', major: 19 });
    const conf = { name: 'postgresql.conf', text: '' };
    for (const report of [sarifReport, jsonReport])
      expect(report({ major: 19, findings, conf })).toContain('pg_hosts.conf');
    expect(sarifReport({ major: 19, findings, conf })).not.toContain('"ruleIndex": null');
  });
});

describe('the entry that a client gets', () => {
  const files = { more: 'c.example c.crt c.key\n' };
  const hosts = parseHosts('a.example a.crt a.key\n/no_sni/ n.crt n.key\ninclude more\n', { files });
  test.each([
    ['A.EXAMPLE', 'a.crt'],
    ['c.example', 'c.crt'],
    ['x.example', 'rejected'],
    ['/no_sni/', 'rejected'],
    [null, 'n.crt'],
  ])('for %s is %s', (name, expected) => {
    const entry = hostsEntryFor(hosts, name);
    expect(typeof entry === 'string' ? entry : entry.certificate).toBe(expected);
  });

  test('an empty file leaves ssl_cert_file in use', () =>
    expect(hostsEntryFor(parseHosts('# x\n'), 'a.example')).toBe('ssl_cert_file'));

  test('problems of an included file have its name', () =>
    expect(parseHosts('include more\n', { files: { more: '\nx' } }).problems).toEqual([
      { line: 2, file: 'more', error: 'missing entry at end of line' },
    ]));
});
