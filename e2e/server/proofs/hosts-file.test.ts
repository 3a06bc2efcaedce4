import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose, hostsEntryFor, parseHosts } from '../../../app/core/index.ts';
import { majors } from '../harness/binaries.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { type HbaServer, hbaServer } from '../harness/hba-server.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';

/** Files of every syntax; the certificates have their file names as subjects. */
const FILES = [
  '',
  '# comment\n',
  'a.example a.crt a.key\n',
  'A.example a.crt a.key # comment\n* b.crt b.key\n/no_sni/ c.crt c.key\n',
  'a.example a.crt a.key\n* b.crt b.key\n',
  'a.example, b.example a.crt a.key\n/no_sni/ c.crt c.key\n',
  '*.example a.crt a.key\n* b.crt b.key\n',
  '127.0.0.1 a.crt a.key\n/other/ a.crt a.key\n"" b.crt b.key\n',
  '"*" a.crt a.key\n',
  '"/no_sni/" a.crt a.key\n',
  'a.example a.crt a.key b.crt "echo x" on\n',
  'a.example a.crt a.key "" "" ON\n',
  'a.example a.crt a.key \\\n b.crt\n',
  'include_if_exists absent\na.example b.crt b.key\n',
  'a.example a.crt a.key\na.EXAMPLE b.crt b.key\n',
  '* a.crt a.key\n* b.crt b.key\n',
  '/no_sni/ a.crt a.key\n/no_sni/ b.crt b.key\n',
  'a.example\n',
  'a.example a.crt\n',
  '\nb.example a.crt\na.example a.crt a.key "" "" maybe\n',
  'a.example a.crt a.key "" "" on more\n',
  'a.example a.crt,b.crt a.key\n',
  'a.example a.crt a.key,b.key\n',
  'a.example a.crt a.key a.crt,b.crt\n',
  'a.example a.crt a.key "" x,y\n',
  'a.example a.crt a.key "" "" on,off\n',
  'a.example,* a.crt a.key\n',
  '/no_sni/,a.example a.crt a.key\n',
  '*,/no_sni/ a.crt a.key\n',
];

const NAMES = ['a.example', 'B.EXAMPLE', 'x.example', null];

describe.skipIf(!inNamespace || !majors.includes(19))('pg_hosts.conf on PostgreSQL 19', () => {
  let server: HbaServer;
  const data = `${own}/hba-data-19`;

  beforeAll(async () => {
    server = await hbaServer(19, ['ssl_sni = on']);
    for (const name of ['a', 'b', 'c']) {
      const subject = ['-newkey', 'rsa:2048', '-nodes', '-days', '9', '-subj', `/CN=${name}.crt`];
      must('openssl', ['req', '-x509', ...subject, '-keyout', `${data}/${name}.key`, '-out', `${data}/${name}.crt`]);
      must('chown', ['postgres:', `${data}/${name}.key`, `${data}/${name}.crt`]);
    }
  });
  afterAll(() => server.stop());

  /** What the log says about the file that the server has just read. */
  const loaded = async (text: string) => {
    writeFileSync(`${data}/pg_hosts.conf`, text, { mode: 0o644 });
    const from = server.log().length;
    await server.reload();
    // A new connection has the file: the postmaster reads it before it starts the session.
    await run('openssl', client('a.example'), { input: '' });
    return server.log().slice(from);
  };

  const client = (name: string | null) => [
    ...['s_client', '-starttls', 'postgres', '-connect', '127.0.0.1:5432'],
    ...(name === null ? ['-noservername'] : ['-servername', name]),
  ];

  const subject = async (name: string | null) => {
    const { stdout } = await run('openssl', client(name), { input: '', limit: 20 });
    return /subject=CN ?= ?(\S+)/.exec(stdout)?.[1] ?? 'rejected';
  };

  it('has the problems that the log names, and the certificates that clients get', async () => {
    let cases = 0;
    for (const text of FILES) {
      const hosts = parseHosts(text);
      const log = await loaded(text);
      const said = [...log.matchAll(/LOG: {2}(.*)\n.*CONTEXT: {2}line (\d+) of configuration file ".*pg_hosts\.conf"/g)]
        .map(([, error, line]) => ({ line: Number(line), error }))
        .filter(({ error }) => !/absent"/.test(error ?? ''));
      expect({ text, problems: hosts.problems }).toEqual({ text, problems: said });
      expect({ text, reloaded: !log.includes('SSL configuration was not reloaded') }).toEqual({
        text,
        reloaded: said.length === 0,
      });
      if (said.length > 0) continue;
      for (const name of NAMES) {
        const entry = hostsEntryFor(hosts, name);
        const expected = entry === 'ssl_cert_file' ? 'localhost' : entry === 'rejected' ? entry : entry.certificate;
        expect([text, name, await subject(name)]).toEqual([text, name, expected]);
        cases += 1;
      }
    }
    conforms({
      target: 'pg_hosts.conf',
      files: ['pg_hosts.conf'],
      judgedBy: 'PostgreSQL 19',
      tried: 'the log, and the certificate of each name by openssl s_client',
      plans: FILES.length,
      cases,
      reading: { major: 19, disagreements: 0 },
    });
  });

  it('alone names the CA of client certificates and the passphrase of a key, and the CRL stays that of the server', async () => {
    const { client: admin } = server;
    const authority = ['-newkey', 'rsa:2048', '-nodes', '-days', '9', '-subj', '/CN=ca'];
    must('openssl', ['req', '-x509', ...authority, '-keyout', `${data}/ca.key`, '-out', `${data}/ca.crt`]);
    const request = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=postgres'];
    must('openssl', ['req', ...request, '-keyout', `${data}/client.key`, '-out', `${data}/client.csr`]);
    const signed = ['-CA', `${data}/ca.crt`, '-CAkey', `${data}/ca.key`, '-days', '9', '-out', `${data}/client.crt`];
    must('openssl', ['x509', '-req', '-in', `${data}/client.csr`, '-CAcreateserial', ...signed]);
    must('chown', ['postgres:', `${data}/ca.crt`]);
    server.write({ text: Buffer.from('local all all trust\nhostssl all all 127.0.0.1/32 cert\n'), files: {} });
    const login = async () => {
      const proof = `sslcert=${data}/client.crt sslkey=${data}/client.key sslmode=require`;
      const where = `host=a.example hostaddr=127.0.0.1 user=postgres dbname=postgres ${proof}`;
      const { stdout, stderr } = await run('psql', ['-XAtc', 'select 1', where], { limit: 20 });
      return stdout.trim() || stderr;
    };
    await admin.query(`alter system set ssl_ca_file = '${data}/ca.crt'`);
    await loaded('');
    expect(await login()).toBe('1');
    await loaded('a.example a.crt a.key\n');
    expect(await login()).toContain('client certificates can only be checked if a root certificate store is available');
    await loaded(`a.example a.crt a.key ${data}/ca.crt\n`);
    expect(await login()).toBe('1');

    const database = ['[ca]', 'default_ca = l', '[l]', `database = ${data}/index`, `crlnumber = ${data}/number`];
    writeFileSync(`${data}/crl.cnf`, [...database, 'default_md = sha256', ''].join('\n'));
    writeFileSync(`${data}/index`, '');
    writeFileSync(`${data}/number`, '01\n');
    const ca = ['ca', '-config', `${data}/crl.cnf`, '-cert', `${data}/ca.crt`, '-keyfile', `${data}/ca.key`];
    must('openssl', [...ca, '-revoke', `${data}/client.crt`]);
    must('openssl', [...ca, '-gencrl', '-crldays', '9', '-out', `${data}/ca.crl`]);
    must('chown', ['postgres:', `${data}/ca.crl`]);
    await admin.query(`alter system set ssl_crl_file = '${data}/ca.crl'`);
    await loaded(`a.example a.crt a.key ${data}/ca.crt\n`);
    expect(await login()).toContain('certificate revoked');
    await admin.query('alter system reset ssl_crl_file');
    await admin.query('alter system reset ssl_ca_file');

    must('openssl', ['pkey', '-in', `${data}/a.key`, '-aes256', '-passout', 'pass:secret', '-out', `${data}/e.key`]);
    must('chown', ['postgres:', `${data}/e.key`]);
    await admin.query("alter system set ssl_passphrase_command = 'echo secret'");
    await admin.query('alter system set ssl_passphrase_command_supports_reload = on');
    expect(await loaded('a.example a.crt e.key\n')).toContain('SSL configuration was not reloaded');
    expect(await loaded('a.example a.crt e.key "" "echo secret" on\n')).not.toContain('was not reloaded');
    await admin.query('alter system reset ssl_passphrase_command');
    await admin.query('alter system reset ssl_passphrase_command_supports_reload');
  });

  it('that lacks the name of a client rejects it, and the messages of both sides have one cause', async () => {
    await loaded('a.example a.crt a.key\n');
    for (const { host, sni, alone } of [
      { host: 'x.example', sni: 1, alone: 'host-name-not-listed' },
      { host: 'a.example', sni: 0, alone: 'tls-versions' },
    ]) {
      const from = server.log().length;
      const where = `host=${host} hostaddr=127.0.0.1 sslsni=${sni} user=postgres dbname=postgres sslmode=require`;
      const { stderr } = await run('psql', ['-XAtc', 'select 1', where], { limit: 20 });
      const log = server.log().slice(from);
      for (const [text, cause] of [
        [stderr, alone],
        [log, 'host-name-not-listed'],
        [`${stderr}\n${log}`, 'host-name-not-listed'],
      ] as const)
        expect([text, diagnose(text, { major: 19 }).causes.map(({ id }) => id)]).toEqual([text, [cause]]);
    }
  });

  it('that is missing leaves the server with ssl_cert_file', async () => {
    rmSync(`${data}/pg_hosts.conf`);
    const from = server.log().length;
    await server.reload();
    expect(await subject('a.example')).toBe('localhost');
    expect(server.log().slice(from)).not.toContain('was not reloaded');
  });

  it('is not read while ssl_sni is off', async () => {
    writeFileSync(`${data}/pg_hosts.conf`, '* a.crt a.key\n');
    await server.client.query('alter system set ssl_sni = off');
    await server.reload();
    expect(await subject('a.example')).toBe('localhost');
    await server.client.query('alter system reset ssl_sni');
    await server.reload();
    expect(await subject('a.example')).toBe('a.crt');
  });
});
