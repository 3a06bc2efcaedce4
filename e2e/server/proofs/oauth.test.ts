import { chownSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Client,
  defaultPlan,
  diagnose,
  type FileRulesOptions,
  fileRules,
  generate,
  type Plan,
  readingOf,
} from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { fileAt, fileNamed, rolesFile, settingsFile } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { type DebianServer, debianServer, debianServers } from '../harness/debian-server.ts';
import { type Issuer, issuer as startIssuer } from '../harness/issuer.ts';
import { carry, clearLoopback, comeFrom } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own, setHosts } from '../harness/places.ts';
import { valid } from '../harness/plans.ts';
import { until } from '../harness/until.ts';
import { buildValidator, moduleFile, TOKENS, VALIDATOR } from '../harness/validator-module.ts';

const source = '198.51.100.5';
const target = '203.0.113.10';
const server = 'db.example.com';
const login = 'login.example.com';
const ISSUER = `https://${login}:8443`;
const cert = `${own}/oauth.crt`;
const key = `${own}/oauth.key`;

type Oauth = Extract<Client['auth'], { method: 'oauth' }>;

const oauth: Oauth = {
  method: 'oauth',
  issuer: ISSUER,
  scope: 'openid postgres',
  validator: VALIDATOR,
  options: [],
  clientId: "psql's\\client",
  mapping: { kind: 'same' },
};
const mapped = (...identities: readonly string[]): Oauth => ({
  ...oauth,
  mapping: { kind: 'map', identities: [...identities] },
});

/** A client for each method, all from the same network. */
function planFor(major: number, ...clients: readonly { readonly auth: Oauth; readonly roles: string[] }[]): Plan {
  const start = defaultPlan('direct');
  const [client] = start.clients;
  if (!client) throw new Error('The default plan has a client.');
  return valid(
    {
      ...start,
      server: { ...start.server, major, name: server, rules: 'replace' },
      clients: clients.map((changes, index) => ({
        ...client,
        name: `client ${index}`,
        sources: ['198.51.100.0/24'],
        databases: ['postgres'],
        ...changes,
      })),
    },
    'clients with OAuth',
  );
}

type Outcome = { readonly as: string } | { readonly causes: readonly string[]; readonly said: string };

/** The tokens of the module: who they are for, and their audience. */
const tokens = [
  ['maria-token', 'maria@example.com', 'postgres'],
  ['oscar-token', 'oscar@example.com', 'postgres'],
  ['app-token', 'app', 'postgres'],
  ['other-token', 'maria@example.com', 'mail'],
] as const;

class Standing {
  #plan: Plan | undefined;
  constructor(
    readonly major: number,
    readonly debian: DebianServer,
    readonly company: Issuer,
  ) {}

  put(path: string, content: string | Buffer, mode = 0o644): void {
    const { uid, gid } = accountNamed('postgres');
    const file = `${this.debian.here}${path}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
    chownSync(file, uid, gid);
  }

  /** Installs the files of a plan that are about who can connect, and its roles. */
  async deploy(plan: Plan): Promise<void> {
    this.#plan = plan;
    const { files } = generate(plan);
    const libraries = /^oauth_validator_libraries = .*$/m.exec(settingsFile(files).content)?.[0];
    this.put('/data/conf.d/oauth.conf', `${libraries}\n`);
    const rules = fileAt(files, 'database-server/pg_hba.conf').content;
    this.debian.write(rules);
    this.put('/data/pg_ident.conf', fileNamed(files, 'pg_ident.conf')?.content ?? '');
    this.put('/client/pg_service.conf', fileAt(files, 'clients/pg_service.conf').content);
    await this.reload();
    const { rows } = await this.debian.client.query('select * from pg_hba_file_rules order by line_number');
    const reading: FileRulesOptions = readingOf(plan, this.major);
    expect(rows.map(({ file_name: _, ...row }) => row)).toEqual(
      fileRules(rules, reading).map(({ file_name: _, ...row }) => row),
    );
    expect(rows.filter(({ error }) => error !== null)).toEqual([]);
    const sql = await run('psql', ['-Xq', '-v', 'ON_ERROR_STOP=1', '-f', '-'], {
      as: accountNamed('postgres'),
      input: rolesFile(files).content,
      env: { PGHOST: `${this.debian.here}/tmp`, PGDATABASE: 'postgres' },
    });
    expect(sql).toMatchObject({ code: 0 });
  }

  async reload(): Promise<void> {
    const loaded = async () => (await this.debian.client.query('select pg_conf_load_time()::text as at')).rows[0]?.at;
    const before = await loaded();
    this.debian.reload();
    await until('the server has read its files', async () => (await loaded()) !== before, this.debian.log);
  }

  /** Debian's psql, with the plan's own pg_service.conf, through the device flow of the issuer. */
  async login(role: string, token: string, more = ''): Promise<Outcome> {
    this.company.grants(token);
    const logged = this.debian.log().length;
    const { here } = this.debian;
    const psql = `/usr/lib/postgresql/${this.major}/bin/psql`;
    const { code, stdout, stderr } = await run(
      'chroot',
      [
        here,
        psql,
        '-XwAtc',
        "select current_user || ' ' || system_user",
        `service=${this.service(role)} sslrootcert=/client/server.crt connect_timeout=20${more}`,
      ],
      { env: { PGSERVICEFILE: '/client/pg_service.conf', HOME: '/client', LANG: 'C' }, limit: 60 },
    );
    if (code === 0) return { as: stdout.trim() };
    const said = `${stderr}\n${this.debian.log().slice(logged).replaceAll(/^\d+ /gm, '')}`;
    return { causes: diagnose(said, { major: this.major }).causes.map(({ id }) => id), said };
  }

  /** The service in which the role is. */
  service(role: string): string {
    const { files } = generate(this.#plan ?? planFor(this.major));
    const { content } = fileAt(files, 'clients/pg_service.conf');
    const found = [...content.matchAll(/^\[(.*)\]\n((?:.+\n)*)/gm)].find(([, , lines]) =>
      lines?.includes(`user=${role}\n`),
    );
    if (found?.[1] === undefined) throw new Error(`No service is for ${role}:\n${content}`);
    return found[1];
  }
}

async function standing(packaged: (typeof debianServers)[number], company: Issuer): Promise<Standing> {
  const debian = await debianServer(packaged, [`listen_addresses=${target}`, 'log_connections=all']);
  const at = new Standing(packaged.major, debian, company);
  at.put('/etc/nsswitch.conf', 'hosts: files\n');
  at.put('/etc/hosts', `127.0.0.1 localhost ${login}\n${target} ${server}\n`);
  // Where libcurl of Debian looks for the CAs.
  at.put('/etc/ssl/certs/ca-certificates.crt', readFileSync(cert));
  at.put('/client/server.crt', readFileSync(cert));
  at.put('/data/server.crt', readFileSync(cert));
  at.put('/data/server.key', readFileSync(key), 0o600);
  at.put(TOKENS, tokens.map((words) => `${words.join(' ')}\n`).join(''));
  mkdirSync(`${debian.here}/data/conf.d`, { recursive: true });
  at.put('/data/postgresql.conf', "ssl = on\ninclude_dir 'conf.d'\n");
  return at;
}

describe.skipIf(!inNamespace)('a login with an OAuth token', () => {
  let company: Issuer;
  beforeAll(async () => {
    clearLoopback();
    carry([source, target]);
    comeFrom(source, target);
    setHosts([{ name: server, addresses: [target] }]);
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-days', '2', '-subj', `/CN=${server}`];
    must('openssl', [...request, '-addext', `subjectAltName=DNS:${server},DNS:${login}`, '-keyout', key, '-out', cert]);
    company = await startIssuer(login, 8443, { cert, key });
  });
  afterAll(async () => {
    await company?.stop();
  });

  const tried = debianServers.filter(({ major, missing }) => major >= 18 || (major === 0 && missing !== undefined));
  it.for(tried)(
    'is decided as the files of a plan say: PostgreSQL $major',
    { timeout: 300_000 },
    async (packaged, context) => {
      if (packaged.missing !== undefined) return context.skip(packaged.missing);
      company.callsItself(ISSUER);
      const at = await standing(packaged, company);
      let logins = 0;
      try {
        const missing = buildValidator(at.debian.here, at.major);
        if (missing !== undefined) return context.skip(missing);
        for (const [title, prepare, ...cases] of scenarios(at)) {
          await prepare();
          for (const [role, token, expected] of cases) {
            const found = await at.login(role, token);
            const brief = 'as' in found ? { as: found.as } : { causes: found.causes };
            expect({ title, role, token, ...brief }, 'said' in found ? found.said : '').toEqual({
              title,
              role,
              token,
              ...expected,
            });
            logins += 1;
          }
        }
        await settings(at);
      } finally {
        await at.debian.stop();
      }
      conforms({
        target: 'OAuth',
        files: [
          'pg_hba.conf',
          'pg_ident.conf',
          'pg_service.conf',
          'conf.d/postern.conf',
          'alter-system.sql',
          'roles.sql',
        ],
        judgedBy: `PostgreSQL ${packaged.major} and libpq-oauth of Debian, with a validator module of the test`,
        tried:
          'logins of psql through the device flow of an HTTPS issuer, with right and wrong tokens, users and options',
        plans: 6,
        cases: logins,
        notCovered: 'the validator libraries and identity providers that people use; drivers other than libpq',
      });
    },
  );
});

type Expected = { readonly as: string } | { readonly causes: readonly string[] };
type Scenario = readonly [
  title: string,
  prepare: () => Promise<void>,
  ...cases: (readonly [role: string, token: string, expected: Expected])[],
];

const user = (role: string, identity: string): Expected => ({ as: `${role} oauth:${identity}` });
const rejected = (...causes: readonly string[]): Expected => ({ causes });
const [maria, oscar, app, other] = ['maria-token', 'oscar-token', 'app-token', 'other-token'] as const;

function scenarios(at: Standing): Scenario[] {
  const { major, company } = at;
  const deploy =
    (...clients: readonly { readonly auth: Oauth; readonly roles: string[] }[]) =>
    () =>
      at.deploy(planFor(major, ...clients));
  const one = deploy({ auth: oauth, roles: ['app'] });
  const library = moduleFile(at.debian.here, major);
  return [
    [
      'the user with the name of the role',
      one,
      ['app', app, user('app', 'app')],
      ['app', maria, rejected('map-does-not-fit')],
      ['app', 'unknown-token', rejected('oauth-token-rejected')],
    ],
    [
      'a map for each client',
      deploy(
        { auth: mapped('maria@example.com'), roles: ['app', 'report'] },
        { auth: mapped('oscar@example.com', 'a "b" #\\1'), roles: ['etl'] },
      ),
      ['app', maria, user('app', 'maria@example.com')],
      ['report', maria, user('report', 'maria@example.com')],
      ['etl', oscar, user('etl', 'oscar@example.com')],
      ['etl', maria, rejected('map-does-not-fit')],
      ['app', oscar, rejected('map-does-not-fit')],
      ['app', app, rejected('map-does-not-fit')],
    ],
    [
      'the library decides',
      deploy({ auth: { ...oauth, mapping: { kind: 'validator' } }, roles: ['app'] }),
      ['app', maria, user('app', 'maria@example.com')],
      ['app', 'unknown-token', rejected('oauth-token-rejected')],
    ],
    ...(major < 19
      ? []
      : ([
          [
            'an option of the library',
            deploy({ auth: { ...mapped('maria@example.com'), options: ['audience=postgres'] }, roles: ['app'] }),
            ['app', maria, user('app', 'maria@example.com')],
            ['app', other, rejected('oauth-token-rejected')],
          ],
          [
            'an option that the library does not have passes the reload',
            deploy({ auth: { ...mapped('maria@example.com'), options: ['colour=blue'] }, roles: ['app'] }),
            ['app', maria, rejected('oauth-option-unknown')],
          ],
        ] satisfies Scenario[])),
    [
      'an issuer with another name than in the rule',
      async () => {
        await one();
        company.callsItself(`${ISSUER}/`);
      },
      ['app', app, rejected('oauth-issuer-differs')],
    ],
    [
      'a library that is not installed passes the reload',
      async () => {
        company.callsItself(ISSUER);
        copyFileSync(library, `${own}/validator.so`);
        rmSync(library);
        await one();
      },
      ['app', app, rejected('library-missing')],
    ],
    ['the library is back', async () => copyFileSync(`${own}/validator.so`, library), ['app', app, user('app', 'app')]],
  ];
}

/** What the client requested, that the guide's test finds the library, and that each of several stays one of a list. */
async function settings({ major, company, debian: { client } }: Standing): Promise<void> {
  expect(Object.fromEntries(company.asked())).toMatchObject({ client_id: oauth.clientId, scope: oauth.scope });
  const plan = planFor(
    major,
    { auth: oauth, roles: ['app'] },
    { auth: { ...oauth, validator: '$libdir/other' }, roles: ['etl'] },
  );
  const { files } = generate(plan);
  const guide = fileAt(files, 'README.md').content;
  expect(guide).toContain(`LOAD '\\''${VALIDATOR}'\\''`);
  await client.query(`LOAD '${VALIDATOR}'`);
  await expect(client.query("LOAD '$libdir/other'")).rejects.toThrow('could not access file');
  const statement = /^ALTER SYSTEM SET "?oauth_validator_libraries"? = .*?;/m.exec(
    fileAt(files, 'database-server/alter-system.sql').content,
  )?.[0];
  await client.query(statement ?? 'ALTER SYSTEM SET is missing');
  const { rows } = await client.query(
    "select setting from pg_file_settings where name = 'oauth_validator_libraries' order by seqno desc limit 1",
  );
  expect(rows).toEqual([{ setting: `${VALIDATOR}, "$libdir/other"` }]);
}
