import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, defaultPlan, diagnose, generate, type Plan } from '../../../app/core/index.ts';
import { BASE, type Directory, directory, READER, SERVER } from '../../lab/rollout/directory.ts';
import { accountNamed } from '../harness/accounts.ts';
import { fileAt, rolesFile } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { type DebianServer, debianServer, debianServers } from '../harness/debian-server.ts';
import { type Kdc, KRB5_CONF, kdc, OTHER_REALM, REALM } from '../harness/kdc.ts';
import { carry, clearLoopback, comeFrom } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own, setHosts } from '../harness/places.ts';
import { valid } from '../harness/plans.ts';
import { until } from '../harness/until.ts';

const source = '198.51.100.5';
const target = '203.0.113.10';
const name = 'db.example.com';
const SECRET = 'pa"ss wörd#,@y\\';
const PERSON = 'the password of a person';
const ca = `${own}/external-ca.crt`;
const key = `${own}/external.key`;
/** Kerberos's own default on Debian is /etc/postgresql-common/krb5.keytab. */
const KEYTAB = '/etc/postgresql-common/krb5.keytab';

const planFor = (major: number, auth: Client['auth'], role = 'app'): Plan => {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      server: { ...start.server, major, name, rules: 'replace' },
      clients: start.clients.slice(0, 1).map((client) => ({
        ...client,
        auth,
        sources: ['198.51.100.0/24'],
        roles: [role],
        databases: ['postgres'],
      })),
    },
    'a client with an external method',
  );
};

const ldap = (tls: 'none' | 'starttls' | 'ldaps', search: boolean): Client['auth'] => ({
  method: 'ldap',
  server: SERVER,
  port: tls === 'ldaps' ? 636 : 389,
  tls,
  bind: search
    ? { kind: 'search', baseDn: BASE, attribute: 'uid', bindDn: READER }
    : { kind: 'simple', prefix: 'uid=', suffix: `,${BASE}` },
});

/** Debian's server with a certificate, and the files of a plan. */
interface Standing {
  readonly major: number;
  readonly server: DebianServer;
  /** Loads the plan's pg_hba.conf and roles; `hba` edits the file, `map` is pg_ident.conf. */
  readonly deploy: (plan: Plan, hba?: (text: string) => string, map?: string) => Promise<void>;
  /** Whether the database server trusts the CA of the LDAP server. */
  readonly trust: (trusted: boolean) => void;
  /** The role, or the causes that diagnosis names for what psql and the log say. */
  readonly login: (role: string, env: Readonly<Record<string, string>>) => Promise<Outcome>;
}

/** A program decides; it gets the password as its input, which does not end with a line break. */
const PAM_SERVICE =
  'auth required pam_exec.so quiet expose_authtok /etc/check-password\naccount required pam_permit.so\n';
const CHECK_PASSWORD = `#!/bin/sh\nread -r password\n[ "$PAM_USER $password" = "app ${PERSON}" ]\n`;

type Outcome = { readonly as: string } | { readonly causes: readonly string[]; readonly said: string };

async function standing(packaged: (typeof debianServers)[number], company: Kdc): Promise<Standing> {
  const { major } = packaged;
  const server = await debianServer(packaged, [`listen_addresses=${target}`, 'log_connections=on']);
  const { uid, gid } = accountNamed('postgres');
  const put = (path: string, content: string | Buffer, mode = 0o644) => {
    const file = `${server.here}${path}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
    chownSync(file, uid, gid);
  };
  put('/etc/krb5.conf', KRB5_CONF);
  put('/etc/nsswitch.conf', 'hosts: files\n');
  put('/etc/hosts', `127.0.0.1 localhost ${SERVER}\n${target} ${name}\n`);
  put('/etc/ldap/ca.crt', readFileSync(`${own}/directory/ca.crt`));
  const trust = (trusted: boolean) =>
    put('/etc/ldap/ldap.conf', trusted ? 'TLS_CACERT /etc/ldap/ca.crt\n' : '# nobody is trusted\n');
  trust(true);
  put('/etc/pam.d/postern', PAM_SERVICE);
  put('/etc/check-password', CHECK_PASSWORD, 0o755);
  // As enter-ldap-password.sh writes it (e2e/lab/rollout/directory.test.ts).
  put(`/etc/postern-ldap/main/${SERVER}`, `ldapbindpasswd="${SECRET.replaceAll('"', '""')}"\n# ${READER}\n`, 0o600);
  // The replay cache of Kerberos.
  mkdirSync(`${server.here}/var/tmp`, { recursive: true });
  must('chmod', ['1777', `${server.here}/var/tmp`]);
  put('/data/server.crt', readFileSync(ca));
  put('/data/server.key', readFileSync(key), 0o600);
  company.addService(`postgres/${name}@${REALM}`, `${own}/keytab-${major}`);
  put(KEYTAB, readFileSync(`${own}/keytab-${major}`), 0o600);
  await server.client.query('alter system set ssl = on');
  await server.client.query(`alter system set krb_server_keyfile = 'FILE:${KEYTAB}'`);
  let hbaText = '';
  const reload = async () => {
    const loaded = async () => (await server.client.query('select pg_conf_load_time()::text as at')).rows[0]?.at;
    const before = await loaded();
    server.reload();
    await until('the server has read its files', async () => (await loaded()) !== before, server.log);
  };
  return {
    major,
    server,
    trust,
    deploy: async (plan, hba = (text) => text, map = '') => {
      const { files } = generate(plan);
      hbaText = hba(fileAt(files, 'database-server/pg_hba.conf').content);
      server.write(hbaText);
      put('/data/pg_ident.conf', map);
      await reload();
      const { rows } = await server.client.query('select error from pg_hba_file_rules where error is not null');
      expect(rows).toEqual([]);
      await runSql(server, rolesFile(files).content);
    },
    login: async (role, env) => {
      const logged = server.log().length;
      const conninfo = `host=${name} port=5432 user='${role}' dbname=postgres sslmode=verify-full sslrootcert=${ca} connect_timeout=20`;
      const { code, stdout, stderr } = await run('psql', ['-XwAtc', 'select current_user', conninfo], { env });
      if (code === 0) return { as: stdout.trim() };
      const said = `${stderr}\n${server.log().slice(logged).replaceAll(/^\d+ /gm, '')}`;
      return { causes: diagnose(said, { major, hba: hbaText }).causes.map(({ id }) => id), said };
    },
  };
}

/** Runs the plan's SQL as its administrator does: with psql, over the socket, by `peer`. */
async function runSql({ here }: DebianServer, input: string): Promise<void> {
  const env = { PGHOST: `${here}/tmp`, PGDATABASE: 'postgres' };
  const { code, stderr } = await run('psql', ['-Xq', '-v', 'ON_ERROR_STOP=1', '-f', '-'], {
    as: accountNamed('postgres'),
    input,
    env,
  });
  expect({ code, stderr }).toMatchObject({ code: 0 });
}

/** Those of a usual run, and all that are here with `POSTERN_MORE`. */
const tried = debianServers.filter(
  ({ major }) => process.env.POSTERN_MORE !== undefined || [15, 18, 19].includes(major),
);

describe.skipIf(!inNamespace)('a login that another server decides', () => {
  let company: Directory;
  let realm: Kdc;
  beforeAll(async () => {
    clearLoopback();
    carry([source, target]);
    comeFrom(source, target);
    setHosts([{ name, addresses: [target] }]);
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-days', '2', '-subj', `/CN=${name}`];
    must('openssl', [...request, '-addext', `subjectAltName=DNS:${name}`, '-keyout', key, '-out', ca]);
    company = await directory({ reader: SECRET, app: PERSON });
    realm = await kdc();
    realm.addUser(`app@${REALM}`, 'ticket of app');
    realm.addUser(`alice@${REALM}`, 'ticket of alice');
    realm.addUser(`app@${OTHER_REALM}`, 'ticket of a partner');
  });
  afterAll(async () => {
    await realm?.stop();
    await company?.stop();
  });

  it.for(tried)('accepts and rejects as the rules of a plan say: PostgreSQL $major', async (packaged, context) => {
    if (packaged.missing !== undefined) return context.skip(packaged.missing);
    const at = await standing(packaged, realm);
    let logins = 0;
    const expectLogins: ExpectLogins = async (title, ...cases) => {
      for (const [role, env, outcome] of cases) {
        const found = await at.login(role, env);
        const brief = 'as' in found ? { as: found.as } : { causes: found.causes };
        expect({ title, role, ...brief }, 'said' in found ? found.said : '').toEqual({ title, role, ...outcome });
        logins += 1;
      }
    };
    try {
      await kerberos(at, realm, expectLogins);
      await directories(at, expectLogins);
      await pam(at, expectLogins);
    } finally {
      await at.server.stop();
    }
    conforms({
      target: 'GSSAPI, LDAP and PAM',
      files: ['pg_hba.conf', 'pg_ident.conf', 'roles.sql'],
      judgedBy: `PostgreSQL ${packaged.major} of Debian, MIT Kerberos, OpenLDAP, Linux-PAM`,
      tried: 'logins of psql with the right and the wrong ticket or password, and the cause that diagnosis names',
      plans: 10,
      cases: logins,
      notCovered: 'SSPI; PAM is no method of the plan, so its rule is written by hand',
    });
  });
});

type Case = readonly [
  role: string,
  env: Readonly<Record<string, string>>,
  outcome: { readonly as: string } | { readonly causes: readonly string[] },
];
type ExpectLogins = (title: string, ...cases: readonly Case[]) => Promise<void>;

const rejected = (...causes: readonly string[]) => ({ causes });
const right = { PGPASSWORD: PERSON };
const wrong = { PGPASSWORD: 'wrong' };

async function kerberos({ major, deploy }: Standing, realm: Kdc, expectLogins: ExpectLogins): Promise<void> {
  const gss = (includeRealm: boolean): Client['auth'] => ({ method: 'gss', realm: REALM, includeRealm });
  const app = await realm.login(`app@${REALM}`, 'ticket of app');
  const alice = await realm.login(`alice@${REALM}`, 'ticket of alice');
  const partner = await realm.login(`app@${OTHER_REALM}`, 'ticket of a partner');
  await deploy(planFor(major, gss(false)));
  await expectLogins(
    'the name without its realm',
    ['app', app, { as: 'app' }],
    ['app', alice, rejected('map-does-not-fit')],
    // The log has the realm only with log_min_messages = debug2.
    ['app', partner, rejected('other-method-failed')],
    ['app', { KRB5CCNAME: `FILE:${own}/none` }, rejected('kerberos-ticket-missing')],
  );
  const bare = planFor(major, gss(true));
  await deploy(bare);
  expect(generate(bare).findings.map(({ id }) => id)).toContain('gss-realm');
  await expectLogins('a role without the realm that the rule includes', ['app', app, rejected('map-does-not-fit')]);
  const whole = planFor(major, gss(true), `app@${REALM}`);
  expect(generate(whole).findings.map(({ id }) => id)).not.toContain('gss-realm');
  await deploy(whole);
  await expectLogins(
    'a role with its realm',
    [`app@${REALM}`, app, { as: `app@${REALM}` }],
    [`app@${REALM}`, alice, rejected('map-does-not-fit')],
  );
  await deploy(
    planFor(major, gss(true)),
    (text) => text.replaceAll('include_realm=1', 'include_realm=1 map=company'),
    'company /^(.*)@EXAMPLE\\.COM$ \\1\n',
  );
  await expectLogins(
    'a map with a regular expression',
    ['app', app, { as: 'app' }],
    ['app', alice, rejected('map-does-not-fit')],
    ['app', partner, rejected('other-method-failed')],
  );
}

async function directories({ major, deploy, trust }: Standing, expectLogins: ExpectLogins): Promise<void> {
  const all = [
    ['none', false],
    ['starttls', false],
    ['ldaps', false],
    ['ldaps', true],
    ['starttls', true],
  ] as const;
  for (const [tls, search] of all) {
    const title = `LDAP, TLS ${tls}, ${search ? 'search' : 'simple'}`;
    await deploy(planFor(major, ldap(tls, search)));
    await expectLogins(
      title,
      ['app', right, { as: 'app' }],
      ['app', wrong, rejected('ldap-password-rejected')],
      ['app', {}, rejected('no-password-given')],
    );
    if (tls === 'none') continue;
    trust(false);
    await expectLogins(`${title}, of an unknown CA`, ['app', right, rejected('ldap-unreachable')]);
    trust(true);
  }
  const search = planFor(major, ldap('ldaps', true));
  await deploy(search, (text) => text.replace('ldapsearchattribute=uid', 'ldapsearchattribute=mail'));
  await expectLogins('an attribute that nobody has', ['app', right, rejected('ldap-user-missing')]);
  await deploy(search, (text) => text.replaceAll(READER, `cn=nobody,${BASE}`));
  await expectLogins('an unknown bind DN', ['app', right, rejected('ldap-search-account-rejected')]);
  await deploy(search, (text) => text.replaceAll('ldapport=636', 'ldapport=637'));
  await expectLogins('a port without a server', ['app', right, rejected('ldap-unreachable')]);
}

async function pam({ major, deploy }: Standing, expectLogins: ExpectLogins): Promise<void> {
  await deploy(planFor(major, ldap('none', false)), (text) =>
    text.replaceAll(/ldap ldapserver=.*$/gm, 'pam pamservice=postern'),
  );
  await expectLogins('PAM', ['app', right, { as: 'app' }], ['app', wrong, rejected('pam-failed')]);
}
