import { describe, expect, test } from 'vitest';
import { type Client, defaultPlan, generate, type Plan, parsePlan } from '../../index.ts';

type Oauth = Extract<Client['auth'], { method: 'oauth' }>;

const oauth: Oauth = {
  method: 'oauth',
  issuer: 'https://login.acme.test/staff',
  scope: 'openid postgres',
  validator: 'pg_oidc_validator',
  options: [],
  clientId: null,
  mapping: { kind: 'same' },
};
const mapped = (...identities: string[]): Oauth => ({ ...oauth, mapping: { kind: 'map', identities } });

function planOf(auths: readonly Oauth[], server: Partial<Plan['server']> = {}, changes: Partial<Client> = {}): Plan {
  const start = defaultPlan('direct');
  const [client] = start.clients;
  const plan = {
    ...start,
    server: { ...start.server, major: 19, rules: 'replace', ...server },
    clients: auths.map((auth, index) => ({
      ...client,
      name: `Client ${index}`,
      roles: [`role${index}`],
      ...changes,
      auth,
    })),
  };
  const parsed = parsePlan(plan);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}
const contentOf = (plan: Plan, path: string) => generate(plan).files.find((file) => file.path === path)?.content;
const linesOf = (plan: Plan, path: string, pattern: RegExp) =>
  contentOf(plan, path)
    ?.split('\n')
    .filter((line) => pattern.test(line));

describe('pg_hba.conf', () => {
  const optionsOf = (auth: Oauth) =>
    linesOf(planOf([auth]), 'database-server/pg_hba.conf', /^hostssl.* oauth /)?.map((line) =>
      line.replace(/^.* oauth /, ''),
    )[0];
  const start = 'issuer="https://login.acme.test/staff" scope="openid postgres" validator=pg_oidc_validator';

  test.each<[Oauth, string]>([
    [oauth, start],
    [mapped('maria@acme.test'), `${start} map=postern-client-0`],
    [{ ...oauth, mapping: { kind: 'validator' } }, `${start} delegate_ident_mapping=1`],
    [{ ...oauth, options: ['audience=a "b"', 'x='] }, `${start} validator.audience="a ""b""" validator.x=""`],
  ])('%j', (auth, options) => expect(optionsOf(auth)).toBe(options));
});

describe('pg_ident.conf', () => {
  const path = 'database-server/pg_ident.conf';
  const two = [mapped('maria@acme.test', '+all'), mapped('a "b" #')];

  test('has a map for each client, with a line for each user and role', () => {
    expect(linesOf(planOf(two), path, /^postern/)).toEqual([
      'postern-client-0 maria@acme.test role0'.replace('maria@acme.test', '"maria@acme.test"'),
      'postern-client-0 "+all" role0',
      'postern-client-1 "a ""b"" #" role1',
    ]);
  });

  test('is merged where the rules are, without the map of the superuser', () => {
    const server = { rules: 'merge', superuser: 'admin' } as const;
    const text = contentOf(planOf(two, server), path) ?? '';
    expect(text).toMatch(/^# BEGIN Postern$[\s\S]*^postern-client-0 [\s\S]*^# END Postern$/m);
    expect(text).not.toContain('admin');
    expect(contentOf(planOf(two, { ...server, rules: 'replace' }), path)).toMatch(/^postern postgres admin$/m);
  });

  test.each<[Oauth]>([[oauth], [{ ...oauth, mapping: { kind: 'validator' } }]])(
    'does not exist without a map',
    (auth) => expect(contentOf(planOf([auth]), path)).toBeUndefined(),
  );
});

describe('oauth_validator_libraries', () => {
  const other = { ...oauth, validator: '$libdir/other' };

  test('lists each library once, and takes effect with a reload', () =>
    expect(
      linesOf(planOf([oauth, other, oauth]), 'database-server/conf.d/postern.conf', /^oauth_validator_libraries/),
    ).toEqual(["oauth_validator_libraries = 'pg_oidc_validator, $libdir/other'  # reload"]));

  test('is a list of literals for ALTER SYSTEM', () =>
    expect(linesOf(planOf([oauth, other]), 'database-server/alter-system.sql', /oauth_validator_libraries/)).toEqual([
      expect.stringMatching(/= 'pg_oidc_validator', '\$libdir\/other'; {2}-- reload$/),
    ]));

  test('is set only on the machines whose rules use it', () => {
    const start = defaultPlan('private');
    if (start.network.pattern !== 'private') throw new Error('The plan has no replicas');
    const network = { ...start.network, replicas: [{ name: 'replica.acme.test', addresses: ['10.0.2.11'] }] };
    const librariesOf = (...clients: readonly Partial<Client>[]) => {
      const [client] = start.clients;
      const parsed = parsePlan({
        ...start,
        network,
        server: { ...start.server, major: 18 },
        clients: clients.map((changes, index) => ({ ...client, name: `Client ${index}`, ...changes })),
      });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
      const list = /^oauth_validator_libraries = '(.*?)'/m;
      return ['database-server', 'replicas/replica-acme-test'].map(
        (folder) => list.exec(contentOf(parsed.value, `${folder}/conf.d/postern.conf`) ?? '')?.[1],
      );
    };
    expect(librariesOf({ endpoint: 'replica', auth: oauth })).toEqual([undefined, 'pg_oidc_validator']);
    expect(librariesOf({ auth: oauth })).toEqual(['pg_oidc_validator', undefined]);
    expect(librariesOf({ auth: oauth }, { endpoint: 'replica', auth: other })).toEqual([
      'pg_oidc_validator',
      '$libdir/other',
    ]);
  });

  test('is not set without OAuth', () =>
    expect(contentOf(defaultPlan('direct'), 'database-server/conf.d/postern.conf')).not.toContain('oauth'));
});

describe('clients', () => {
  const strings = (plan: Plan) => contentOf(plan, 'clients/connection-strings.md') ?? '';

  test('get the issuer and the client ID, for libpq and psycopg alone', () => {
    const text = strings(planOf([{ ...oauth, clientId: "it's" }]));
    expect(text).toContain("oauth_issuer=https://login.acme.test/staff oauth_client_id='it\\'s'");
    expect(text).toContain('psycopg.connect');
    expect(text).not.toMatch(/jdbc:|new Client|Username=|postgres:\/\//);
    expect(contentOf(planOf([oauth]), 'clients/pg_service.conf')).toContain(
      'oauth_issuer=https://login.acme.test/staff\noauth_client_id=CLIENT_ID\n',
    );
  });

  test('without a client ID, the reader learns what to replace', () => {
    const asks = planOf([oauth]);
    expect(strings(asks)).toMatch(/Replace CLIENT\\?_ID with/);
    const { files, findings } = generate(asks);
    expect(findings.map(({ id }) => id)).toContain('oauth-client-id');
    const listed = /Replace CLIENT_ID with .* in these files: (.*)\.$/m.exec(contentOf(asks, 'README.md') ?? '')?.[1];
    expect(listed?.split(', ').toSorted()).toEqual(
      files
        .flatMap(({ path, content }) => (/^clients\/[\s\S]*CLIENT_ID/.test(path + content) ? [path] : []))
        .toSorted(),
    );
    expect(strings(planOf([{ ...oauth, clientId: 'psql' }]))).not.toMatch(/CLIENT\\?_ID/);
  });

  test('with OAuth alone, no connection string comes with a password', () => {
    expect(strings(planOf([oauth]))).not.toContain('pgpass');
    expect(strings(defaultPlan('direct'))).toContain('pgpass');
  });

  test('verify.sh shows the prompt of the issuer, and tests no password', () => {
    const script = contentOf(planOf([oauth]), 'clients/verify.sh') ?? '';
    expect(script).toMatch(/^ {2}prompts 'role0 reaches/m);
    expect(script).not.toMatch(/^ {2}(gets_in|password_of|PGPASSWORD)/m);
    expect(contentOf(defaultPlan('direct'), 'clients/verify.sh')).not.toContain('prompts');
  });
});

test('what a reload does not check is a finding and a step of the guide', () => {
  const of = (auth: Oauth) => generate(planOf([auth])).findings.map(({ id }) => id);
  expect(of(oauth)).toEqual(expect.arrayContaining(['oauth-validator', 'oauth-audience', 'oauth-issuer']));
  expect(of(oauth)).not.toContain('oauth-options');
  expect(of(oauth)).not.toContain('oauth-delegated');
  expect(of({ ...oauth, options: ['audience=x'] })).toContain('oauth-options');
  expect(of({ ...oauth, mapping: { kind: 'validator' } })).toContain('oauth-delegated');
  const guide = contentOf(planOf([oauth]), 'README.md') ?? '';
  expect(guide).toContain("'LOAD '\\''pg_oidc_validator'\\'''");
  expect(guide).toContain('https://login.acme.test/staff/.well-known/openid-configuration');
  expect(guide).toContain('\n\n`https://login.acme.test/staff`\n');
  expect(guide).toContain('libpq-oauth');
  expect(guide).toMatch(/^\| Database server \|.*pg_oidc_validator.*\|/m);
  expect(guide.indexOf('LOAD')).toBeLessThan(guide.indexOf('apply.sh --check'));
  expect(guide).toContain('device authorization grant');
  expect(contentOf(defaultPlan('direct'), 'README.md')).not.toMatch(/LOAD|oauth/i);
});

test('a replica has the maps of its own clients', () => {
  const start = defaultPlan('private');
  const [client] = start.clients;
  if (!client || start.network.pattern !== 'private') throw new Error('a private subnet with a client');
  const parsed = parsePlan({
    ...start,
    server: { ...start.server, major: 18 },
    network: { ...start.network, replicas: [{ name: 'replica.acme.test', addresses: ['10.0.2.11'] }] },
    clients: [
      { ...client, name: 'writer', auth: mapped('maria@acme.test') },
      { ...client, name: 'reader', endpoint: 'replica', roles: ['reader'], auth: mapped('oscar@acme.test') },
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const { files } = generate(parsed.value);
  const maps = (path: string) => files.find((file) => file.path === path)?.content.match(/^postern.*$/gm);
  expect(maps('database-server/pg_ident.conf')).toEqual(['postern-writer "maria@acme.test" app']);
  expect(maps('replicas/replica-acme-test/pg_ident.conf')).toEqual(['postern-reader "oscar@acme.test" reader']);
  expect(files.find(({ path }) => path.endsWith('replica-acme-test/conf.d/postern.conf'))?.content).toContain(
    'oauth_validator_libraries',
  );
});
