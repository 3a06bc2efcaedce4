import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { must, run } from './command.ts';
import { own } from './places.ts';
import { stopped } from './server.ts';
import { until } from './until.ts';

export const REALM = 'EXAMPLE.COM';
/** Another company's realm; each trusts the tickets of the other. */
export const OTHER_REALM = 'PARTNER.EXAMPLE';

const folder = `${own}/kdc`;
const realms = [REALM, OTHER_REALM];

/** The client's and the server's settings. Names are used as they are: no DNS. */
export const KRB5_CONF = `[libdefaults]
default_realm = ${REALM}
dns_lookup_kdc = false
dns_canonicalize_hostname = false
rdns = false
[realms]
${realms.map((realm) => `${realm} = {\n  kdc = 127.0.0.1\n}`).join('\n')}
[domain_realm]
.example.com = ${REALM}
`;

const KDC_CONF = `[kdcdefaults]
kdc_listen = 127.0.0.1:88
kdc_tcp_listen = 127.0.0.1:88
[realms]
${realms.map((realm) => `${realm} = {\n  database_name = ${folder}/${realm}\n  key_stash_file = ${folder}/${realm}.stash\n  acl_file = ${folder}/acl\n}`).join('\n')}
`;

/** Two realms of Kerberos on this host. */
export interface Kdc {
  readonly addUser: (principal: string, password: string) => void;
  /** Makes a service principal, and writes its key to a file. */
  readonly addService: (principal: string, keytab: string) => void;
  /** Logs in, and returns the environment of a client that has the ticket. */
  readonly login: (principal: string, password: string) => Promise<Readonly<Record<string, string>>>;
  readonly stop: () => Promise<void>;
}

export async function kdc(): Promise<Kdc> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  writeFileSync('/etc/krb5.conf', KRB5_CONF);
  writeFileSync(`${folder}/kdc.conf`, KDC_CONF);
  const env = { KRB5_KDC_PROFILE: `${folder}/kdc.conf` };
  const admin = (realm: string, query: string) =>
    must('env', [`KRB5_KDC_PROFILE=${env.KRB5_KDC_PROFILE}`, 'kadmin.local', '-r', realm, '-q', query]);
  for (const realm of realms) {
    const create = ['kdb5_util', '-r', realm, 'create', '-s', '-P', 'the master key'];
    must('env', [`KRB5_KDC_PROFILE=${env.KRB5_KDC_PROFILE}`, ...create]);
    for (const [to, from] of [realms, realms.toReversed()])
      admin(realm, `addprinc -pw "the key of the trust" krbtgt/${to}@${from}`);
  }
  const started = spawn('krb5kdc', ['-n', ...realms.flatMap((realm) => ['-r', realm])], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  const realmOf = (principal: string) => principal.split('@')[1] ?? REALM;
  let logins = 0;
  const login: Kdc['login'] = async (principal, password) => {
    const cache = `FILE:${folder}/cache-${logins++}`;
    const { code, stderr } = await run('kinit', ['-c', cache, principal], { input: `${password}\n` });
    if (code !== 0) throw new Error(stderr);
    return { KRB5CCNAME: cache };
  };
  admin(REALM, `addprinc -pw "a password" probe@${REALM}`);
  await until('the KDC answers', () =>
    login(`probe@${REALM}`, 'a password').then(
      () => true,
      () => false,
    ),
  );
  return {
    addUser: (principal, password) => admin(realmOf(principal), `addprinc -pw "${password}" ${principal}`),
    addService: (principal, keytab) => {
      admin(realmOf(principal), `addprinc -randkey ${principal}`);
      admin(realmOf(principal), `ktadd -k ${keytab} ${principal}`);
    },
    login,
    stop: async () => {
      started.kill('SIGTERM');
      await stopped(started);
    },
  };
}
