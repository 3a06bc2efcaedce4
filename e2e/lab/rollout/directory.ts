import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { must, run } from '../../server/harness/command.ts';
import { own } from '../../server/harness/places.ts';
import { stopped } from '../../server/harness/server.ts';
import { until } from '../../server/harness/until.ts';
import { place } from '../../server/harness/writable.ts';

export const SERVER = 'ldap.example.com';
export const BASE = 'dc=example,dc=com';
export const READER = `cn=reader,${BASE}`;

const folder = `${own}/directory`;
const CONF = '/etc/ldap/ldap.conf';

/** A company's OpenLDAP server, over TLS, which rejects every search before a login. */
export interface Directory {
  /** Whether the machine trusts the CA of the server. */
  readonly trust: (trusted: boolean) => void;
  readonly stop: () => Promise<void>;
}

/** Starts it with the account that searches and one person, `app`, by their passwords. */
export async function directory(passwords: { readonly reader: string; readonly app: string }): Promise<Directory> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/db`, { recursive: true });
  certificates();
  writeFileSync(`${folder}/slapd.conf`, SETTINGS);
  writeFileSync(`${folder}/entries.ldif`, entries(passwords));
  must('slapadd', ['-f', `${folder}/slapd.conf`, '-l', `${folder}/entries.ldif`]);
  appendFileSync('/etc/hosts', `127.0.0.1 ${SERVER}\n`);
  const started: ChildProcess = spawn(
    'slapd',
    ['-f', `${folder}/slapd.conf`, '-h', `ldaps://${SERVER}:636 ldap://127.0.0.1:389`, '-d', '0'],
    {
      stdio: 'ignore',
    },
  );
  const trust = (trusted: boolean) =>
    place(CONF, trusted ? `TLS_CACERT ${folder}/ca.crt\n` : '# nobody is trusted\n', 0o644);
  trust(true);
  await until('slapd answers', async () => {
    const { code } = await run('ldapsearch', ['-x', '-H', `ldaps://${SERVER}`, '-s', 'base', '-b', BASE]);
    // 48 and 50 are rejections by the server (RFC 4511, inappropriateAuthentication and insufficientAccessRights).
    return code === 48 || code === 50 || code === 8;
  });
  return {
    trust,
    stop: async () => {
      started.kill('SIGTERM');
      await stopped(started);
      const hosts = readFileSync('/etc/hosts', 'utf8');
      writeFileSync('/etc/hosts', hosts.replace(`127.0.0.1 ${SERVER}\n`, ''));
    },
  };
}

const SETTINGS = `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/slapd.pid
TLSCACertificateFile ${folder}/ca.crt
TLSCertificateFile ${folder}/server.crt
TLSCertificateKeyFile ${folder}/server.key
disallow bind_anon
require authc
database mdb
suffix "${BASE}"
rootdn "cn=admin,${BASE}"
directory ${folder}/db
access to attrs=userPassword by anonymous auth by * none
access to * by users read by * none
`;

function entries({ reader, app }: Parameters<typeof directory>[0]): string {
  const secret = (text: string) => `userPassword:: ${Buffer.from(text).toString('base64')}`;
  return [
    ['dn: dc=example,dc=com', 'objectClass: dcObject', 'objectClass: organization', 'o: Example', 'dc: example'],
    [`dn: ${READER}`, 'objectClass: person', 'cn: reader', 'sn: reader', secret(reader)],
    [`dn: uid=app,${BASE}`, 'objectClass: inetOrgPerson', 'uid: app', 'cn: app', 'sn: app', secret(app)],
  ]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function certificates(): void {
  const make = (...words: string[]) => must('openssl', words);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];
  const out = (name: string) => ['-keyout', `${folder}/${name}.key`, '-out', `${folder}/${name}`];
  make('req', '-x509', ...key, '-subj', '/CN=Company CA', '-days', '2', ...out('ca'));
  make('req', ...key, '-subj', `/CN=${SERVER}`, ...out('server'));
  writeFileSync(`${folder}/san`, `subjectAltName = DNS:${SERVER}\n`);
  const by = ['-CA', `${folder}/ca`, '-CAkey', `${folder}/ca.key`, '-CAcreateserial', '-extfile', `${folder}/san`];
  make('x509', '-req', '-in', `${folder}/server`, ...by, '-days', '2', '-out', `${folder}/server.crt`);
  must('cp', [`${folder}/ca`, `${folder}/ca.crt`]);
  for (const name of ['ca.crt', 'server.crt']) chmodSync(`${folder}/${name}`, 0o644);
}
