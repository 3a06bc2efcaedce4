import { describe, expect, test } from 'vitest';
import { defaultClient, defaultPlan } from './defaults.ts';
import { EXTENT } from './extent.ts';
import { NAMED } from './fewer.ts';
import { decodeLink, encodeLink } from './link.ts';
import { parsePlan } from './parse.ts';
import type { Client, Plan, PrivateNetwork, VpnNetwork } from './schema.ts';
import { SIZES } from './size.ts';

const many = <T>(count: number, entry: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => entry(at));

const networks = (count: number, block = 10) => many(count, (at) => `${block}.${at >> 8}.${at & 255}.0/28`);

const client: Client = { ...defaultClient('public'), sources: networks(1) };

const withClients = (count: number, change: (index: number) => Partial<Client>): Plan => ({
  ...defaultPlan('direct'),
  clients: many(count, (index) => ({ ...client, name: `client ${index}`, ...change(index) })),
});

const issuesOf = (json: unknown) => {
  const parsed = parsePlan(json);
  return parsed.ok ? [] : parsed.issues.map(({ path, id }) => `${path}: ${id}`);
};

describe('realistic large plans pass', () => {
  test.each<[string, Plan]>([
    ['400 clients with ten networks each', withClients(400, (at) => ({ sources: networks(10, at % 200) }))],
    ['one client with 200 roles', withClients(1, () => ({ roles: many(200, (at) => `role_${at}`) }))],
    [
      'one client with 200 roles and 200 databases',
      withClients(1, () => ({
        roles: many(200, (at) => `role_${at}`),
        databases: many(200, (at) => `database_${at}`),
      })),
    ],
    [
      '400 clients with five roles and five databases of their own',
      withClients(400, (at) => ({
        roles: many(5, (role) => `role_${at}_${role}`),
        databases: many(5, (database) => `database_${at}_${database}`),
      })),
    ],
    ['500 networks of one client', withClients(1, () => ({ sources: networks(500) }))],
  ])('%s', (_, plan) => expect(issuesOf(plan)).toEqual([]));
});

describe('a product of lists that is too large is rejected with its size', () => {
  const roles = (count: number) => many(count, (at) => `role_${at}`);
  const databases = (count: number) => many(count, (at) => `database_${at}`);
  const tunnel = (peers: number, each: number): Plan => {
    const plan = defaultPlan('vpn');
    const network = plan.network as VpnNetwork;
    return {
      ...plan,
      network: {
        ...network,
        tunnel: ['10.8.0.0/16', 'fd00:8::/64'],
        peers: many(peers, (at) => ({
          name: `site ${at}`,
          addresses: [`10.8.${1 + (at >> 8)}.${at & 255}`],
          networks: many(each, (one) => `2001:db8:${at.toString(16)}:${one.toString(16)}::/64`),
          endpoint: null,
          publicKey: null,
        })),
      },
    };
  };
  test.each<[string, Plan, string, number]>([
    [
      'networks × roles × databases of one client',
      withClients(1, () => ({ sources: networks(500), roles: roles(100), databases: databases(100) })),
      'clients.0.sources: size.rules',
      500 * 4 * 4,
    ],
    [
      'networks of many clients',
      withClients(20, (at) => ({ sources: networks(500, at + 1) })),
      'clients: size.rules',
      20 * 500,
    ],
    [
      'long names at many networks',
      withClients(1, () => ({
        sources: networks(500),
        roles: many(60, (at) => `${at}${'r'.repeat(60)}`),
        databases: many(60, (at) => `${at}${'d'.repeat(60)}`),
      })),
      'clients.0.sources: size.names',
      500 * 3 * (10 * 63 + 50 * 64) * 2,
    ],
    [
      'names of many clients',
      withClients(10, (at) => ({ roles: many(450, (role) => `role_${at}_${role}`) })),
      'clients: size.accounts',
      10 * 451,
    ],
    [
      'roles × databases',
      withClients(1, () => ({ roles: roles(300), databases: databases(300) })),
      'clients.0.databases: size.grants',
      300 * 300,
    ],
    [
      'networks × addresses of the server',
      {
        ...withClients(1, () => ({ sources: networks(500) })),
        server: {
          ...defaultPlan('direct').server,
          addresses: { public: many(32, (at) => `203.0.113.${at + 1}`), private: [], vpn: [] },
        },
      },
      'clients.0.sources: size.pairs',
      500 * 32 + 32,
    ],
    [
      'networks of a firewall × addresses of the server',
      {
        ...withClients(1, () => ({})),
        firewall: { ...defaultPlan('direct').firewall, sources: networks(500) },
        server: {
          ...defaultPlan('direct').server,
          addresses: { public: many(32, (at) => `203.0.113.${at + 1}`), private: [], vpn: [] },
        },
      },
      'firewall.sources: size.pairs',
      501 * 32 + 32,
    ],
    ['networks of many peers', tunnel(60, 100), 'network.peers: size.routes', 60 * 101],
  ])('%s', (_, plan, expected, count) => {
    const parsed = parsePlan(plan);
    const issues = parsed.ok ? [] : parsed.issues;
    expect(issues.map(({ path, id }) => `${path}: ${id}`)).toContain(expected);
    const issue = issues.find(({ path, id }) => `${path}: ${id}` === expected);
    const figure = expected.split('size.')[1] as keyof typeof SIZES;
    expect(issue?.values).toEqual({ count, limit: SIZES[figure] });
    expect(issue?.message).toContain(String(count));
    expect(issue?.message).toContain(String(SIZES[figure]));
  });
});

describe('figures that are each within their limits', () => {
  const quotes = (count: number) => many(count, (at) => `${'"'.repeat(63 - String(at).length)}${at}`);
  const ldap = {
    method: 'ldap',
    server: 'ldap.example.com',
    port: 636,
    tls: 'ldaps',
    bind: { kind: 'simple', prefix: '"'.repeat(500), suffix: '"'.repeat(500) },
  } as const;
  const direct = (change: Partial<Client>): Plan => ({
    ...defaultPlan('direct'),
    clients: [
      { ...client, name: 'names', roles: quotes(220), databases: quotes(220) },
      ...many(
        490,
        (at): Client => ({ ...client, name: `ldap ${at}`, sources: networks(10, 11 + (at % 200)), ...change }),
      ),
    ],
  });

  test('LDAP text counts in every rule and in the file of every replica', () => {
    const plan = defaultPlan('private');
    const network = plan.network as PrivateNetwork;
    const inside = { ...defaultClient('private'), sources: networks(1) };
    expect(
      issuesOf({
        ...plan,
        network: {
          ...network,
          replicas: many(32, (at) => ({ name: `r${at}.example`, addresses: [`10.99.0.${at + 1}`] })),
        },
        clients: [
          { ...inside, name: 'names', roles: quotes(223), databases: quotes(223) },
          { ...inside, name: 'ldap', endpoint: 'replica', sources: networks(154), auth: ldap },
        ],
      }),
    ).toEqual(['clients.1.sources: size.names']);
    expect(issuesOf(direct({ auth: ldap }))).toEqual(['clients: size.names']);
  });

  test('are too large in total if each is nearly at its limit', () => {
    expect(issuesOf(direct({}))).toEqual(['clients: size.characters']);
    const hbaEntries = many(
      3,
      (at): Client => ({
        ...client,
        name: `client ${at}`,
        roles: quotes(30).map((name) => `${at}${name.slice(1)}`),
        databases: quotes(500).map((name) => `${at}${name.slice(1)}`),
      }),
    );
    expect(issuesOf({ ...defaultPlan('direct'), clients: hbaEntries })).toEqual(['clients: size.characters']);
  });

  test('LDAP text of realistic length passes for 4,000 rules', () => {
    const bind = { kind: 'search', baseDn: 'ou=people,dc=example,dc=com', attribute: 'uid', bindDn: null } as const;
    expect(issuesOf(withClients(400, (at) => ({ sources: networks(10, at % 200), auth: { ...ldap, bind } })))).toEqual(
      [],
    );
  });
});

test('a list that is too long says how to shorten it', () => {
  const message = (change: Partial<Client>) => {
    const parsed = parsePlan(withClients(1, () => change));
    return parsed.ok ? '' : parsed.issues[0]?.message;
  };
  expect(message({ sources: networks(501) })).toMatch(/larger networks/);
  expect(message({ roles: many(501, (at) => `role_${at}`) })).not.toMatch(/networks/);
});

test('a link of 2,000 characters is rejected if its plan is too large', async () => {
  const plan = withClients(1, () => ({
    roles: many(300, (at) => `role_${at}`),
    databases: many(300, (at) => `database_${at}`),
    sources: networks(500),
  }));
  const link = await encodeLink(plan);
  expect(link.length).toBeLessThan(4000);
  const decoded = await decodeLink(link);
  expect(decoded.ok ? [] : decoded.issues.map(({ id }) => id)).toEqual(['size.rules', 'size.names', 'size.grants']);
});

test('500 × 500 source networks are rejected before they are read one by one', () => {
  const plan = withClients(500, () => ({ sources: many(500, (at) => `bad ${at}`) }));
  const parsed = parsePlan(plan);
  expect(parsed.ok ? [] : parsed.issues).toMatchObject([{ path: 'clients', id: 'plan.tooLarge' }]);
  expect(parsed.ok ? 0 : parsed.issues[0]?.values.count).toBeGreaterThan(250_000);
});

test('the problems of a list are reported up to a limit, and the rest are counted', () => {
  const parsed = parsePlan(withClients(50, () => ({ sources: many(400, (at) => `bad ${at}`) })));
  const issues = parsed.ok ? [] : parsed.issues;
  const closing = issues.filter(({ id }) => id === 'plan.moreIssues');
  expect(issues.length).toBeLessThanOrEqual(NAMED.below + 50);
  expect(closing.map(({ path }) => path)).toContain('clients.0.sources');
  expect(closing.map(({ path }) => path)).toContain('clients');
  const named = issues.length - closing.length;
  expect(closing.reduce((sum, { values }) => sum + Number(values.count), named)).toBe(50 * 400);
});

test('few problems are all reported, in order', () => {
  const sources = ['bad 1', '10.0.0.0/24', 'bad 2'];
  expect(issuesOf(withClients(2, () => ({ sources })))).toEqual([
    'clients.0.sources.0: source.syntax',
    'clients.0.sources.2: source.syntax',
    'clients.1.sources.0: source.syntax',
    'clients.1.sources.2: source.syntax',
  ]);
});

test('an entry outside every list counts toward the list with the most entries', () => {
  const notes = many(EXTENT.values, () => 'x');
  expect(issuesOf({ ...defaultPlan('direct'), notes })).toEqual(['notes: plan.tooLarge']);
  expect(issuesOf({ ...defaultPlan('direct'), surprise: { a: notes } })).toEqual(['surprise.a: plan.tooLarge']);
});
