import { expect, test } from 'vitest';
import { type Client, defaultClient, defaultPlan, generate, type Plan, parsePlan } from '../../index.ts';

const many = <T>(count: number, entry: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => entry(at));

function planWith(change: Partial<Client>, more: readonly Client[] = []): Plan {
  const client: Client = { ...defaultClient('public'), name: 'tenants', sources: ['10.1.0.0/16'], ...change };
  const plan = parsePlan({ ...defaultPlan('direct'), clients: [client, ...more] });
  if (!plan.ok) throw new Error(JSON.stringify(plan.issues));
  return plan.value;
}

const fileOf = (plan: Plan, path: string): string =>
  generate(plan).files.find((file) => file.path === path)?.content ?? '';

/** The connections that a script expects to work, as `role database`. */
const tested = (script: string): string[] =>
  [...script.matchAll(/^ {4}gets_in .*dbname=(\S+) user=(\S+)/gm)].map(([, database, role]) => `${role} ${database}`);

const wide = planWith({
  roles: many(200, (at) => `role_${at}`),
  databases: many(150, (at) => `database_${at}`),
});

test('many roles and databases: the script tests each role and each database once, and some more pairs', () => {
  const pairs = tested(fileOf(wide, 'clients/verify.sh'));
  expect(new Set(pairs.map((pair) => pair.split(' ')[0])).size).toBe(200);
  expect(new Set(pairs.map((pair) => pair.split(' ')[1])).size).toBe(150);
  expect(new Set(pairs).size).toBe(pairs.length);
  expect(pairs.length).toBeGreaterThan(200);
  expect(pairs.length).toBeLessThanOrEqual(210);
});

test('the script states its coverage, and tests rejections for more than one role', () => {
  const script = fileOf(wide, 'clients/verify.sh');
  expect(script).toContain('30000 combinations of server, role and database');
  const refused = [...script.matchAll(/^ +refused '(role_\d+) cannot connect to database postgres'/gm)];
  expect(new Set(refused.map(([, role]) => role)).size).toBe(3);
});

test('connection strings and the service are patterns, with every name once', () => {
  const strings = fileOf(wide, 'clients/connection-strings.md');
  expect(strings).toContain('dbname=DATABASE user=ROLE');
  expect(strings).toContain('postgres://ROLE@db.example.com:5432/DATABASE?');
  for (const name of ['role_0', 'role_199', 'database_0', 'database_149'])
    expect(strings.split('\n').filter((line) => line === name)).toHaveLength(1);
  const service = fileOf(wide, 'clients/pg_service.conf');
  expect(service.match(/^\[/gm)).toHaveLength(1);
  expect(service).not.toMatch(/^(user|dbname)=/m);
  expect(service).toContain("psql 'service=tenants user=ROLE dbname=DATABASE'");
});

test('names that need quotes are listed as each driver writes them', () => {
  const strings = fileOf(
    planWith({ roles: [...many(20, (at) => `role_${at}`), "o'brien x"], auth: { method: 'cert' } }),
    'clients/connection-strings.md',
  );
  for (const spelled of ["o'brien x", "'o\\'brien x'", 'o%27brien%20x', "'o\\\\'brien x'", '"o\'brien x"'])
    expect(strings.split('\n'), spelled).toContain(spelled);
  expect(strings).toContain('CERTIFICATE.crt');
});

test('sixteen pairs of role and database are written out one by one, and seventeen are a pattern', () => {
  const services = (roles: number, databases: number) =>
    fileOf(
      planWith({ roles: many(roles, (at) => `r${at}`), databases: many(databases, (at) => `d${at}`) }),
      'clients/pg_service.conf',
    ).match(/^\[/gm)?.length;
  expect(services(4, 4)).toBe(16);
  expect(services(16, 1)).toBe(16);
  expect(services(17, 1)).toBe(1);
});

test('the files grow with roles and databases, not with their product', () => {
  const size = (count: number) => {
    const plan = planWith({ roles: many(count, (at) => `r${at}`), databases: many(count, (at) => `d${at}`) });
    const { files } = generate(plan);
    return files
      .filter(({ path }) => path !== 'database-server/roles.sql')
      .reduce((sum, { content }) => sum + content.length, 0);
  };
  expect(size(200) / size(50)).toBeLessThan(4);
});

test('a database with many roles grants to them in one statement', () => {
  const grants = fileOf(wide, 'database-server/roles.sql').match(/^GRANT CONNECT .*$/gm) ?? [];
  expect(grants).toHaveLength(150);
  expect(grants[0]).toMatch(/^GRANT CONNECT ON DATABASE "?database_0"? TO "?role_0"?, "?role_1"?, /);
});

test('no statement of apply.sh is longer than an argument may be', () => {
  const script = fileOf(
    planWith(
      { sources: many(500, (at) => `10.1.${at >> 7}.${2 * (at & 127)}`) },
      many(7, (client) => ({
        ...defaultClient('public'),
        name: `client ${client}`,
        sources: many(500, (at) => `10.${client + 2}.${at >> 7}.${2 * (at & 127)}`),
      })),
    ),
    'database-server/apply.sh',
  );
  const statements = [...script.matchAll(/missing=\$\(ask '((?:[^']|'\\'')*)'\)/g)].map(([, text = '']) => text);
  expect(statements.length).toBeGreaterThan(1);
  for (const statement of statements) expect(Buffer.byteLength(statement)).toBeLessThan(131_072);
  expect(statements.join('').match(/10\.8\.\d+\.\d+\/32/g)).toHaveLength(500);
});

test('two hundred clients that contradict each other produce a hundred findings, and the number of remaining ones', () => {
  const methods: readonly Client['auth'][] = [{ method: 'scram' }, { method: 'gss', realm: null, includeRealm: true }];
  const clients = many(200, (at) => ({
    ...defaultClient('public'),
    name: `client ${at}`,
    sources: ['10.1.0.0/16'],
    auth: methods[at % 2] ?? { method: 'scram' },
  }));
  const { findings } = generate(planWith({}, clients));
  expect(findings.filter(({ id }) => id === 'contradiction')).toHaveLength(100);
  // 101 clients with scram, each with the 100 that require gss.
  expect(findings.find(({ id, message }) => id === 'more' && message.includes('different rules'))?.message).toMatch(
    /^10000 more findings/,
  );
});
