import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostsEntryFor, parseHosts } from '../../../app/core/index.ts';
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
