import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pattern, Plan } from '../index.ts';
import { defaultPlan } from './defaults.ts';
import { parsePlan } from './parse.ts';

const patterns: Pattern[] = ['direct', 'vpn', 'private', 'bastion'];

/** The plan with one answer changed. */
function change(pattern: Pattern, path: string, value: unknown): unknown {
  const plan: unknown = structuredClone(defaultPlan(pattern));
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((at, key) => (at as Record<string, unknown>)[key], plan) as Record<string, unknown>;
  parent[last] = value;
  return plan;
}

const refusals = (json: unknown) => {
  const parsed = parsePlan(json);
  return parsed.ok ? [] : parsed.issues.map(({ path, id }) => `${path}: ${id}`);
};

const issuesOf = (json: unknown) => {
  const parsed = parsePlan(json);
  return parsed.ok ? [] : parsed.issues;
};

test.each(patterns)('the default plan for %s is valid', (pattern) =>
  expect(refusals(defaultPlan(pattern))).toEqual([]),
);

test('no input makes it throw, and every rejection has a path and a message', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.anything(), fc.record({ version: fc.constant(1), server: fc.anything(), network: fc.anything() })),
      (json) => {
        const parsed = parsePlan(json);
        if (parsed.ok) return;
        expect(parsed.issues.length).toBeGreaterThan(0);
        for (const issue of parsed.issues) {
          expect(issue.path).not.toBe('');
          // The input is in quotes and may contain anything; the sentence around it may not.
          expect(issue.message.replace(/".*"/s, '""')).not.toMatch(/\{\w+\}|undefined/);
        }
      },
    ),
  );
});

/** Every path of a plan, with its lists' first entries. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...path, key]))];
}

describe('a plan with empty answers', () => {
  test('lists at once all that is missing, of answers and across them', () => {
    const plan = defaultPlan('direct');
    const empty = {
      ...plan,
      server: { ...plan.server, addresses: { public: [], private: [], vpn: [] } },
      clients: plan.clients.map((client) => ({ ...client, roles: [], databases: [], sources: [] })),
    };
    expect(refusals(empty)).toEqual([
      'clients.0.roles: plan.emptyList',
      'server.addresses.public: server.publicNeeded',
      'clients.0.sources: plan.emptyList',
      'clients.0.databases: plan.emptyList',
    ]);
  });

  test('says of what is wrong only that, as before', () => {
    const plan = change('direct', 'clients.0.roles', ['']);
    expect(refusals(plan)).toEqual(['clients.0.roles.0: text.empty']);
    const wrong = change('direct', 'server.port', 0) as Plan;
    expect(refusals({ ...wrong, clients: wrong.clients.map((client) => ({ ...client, sources: [] })) })).toEqual([
      'server.port: port.range',
    ]);
  });

  test('gets an answer, whichever are empty', () => {
    fc.assert(
      fc.property(fc.constantFrom(...patterns), fc.infiniteStream(fc.boolean()), (pattern, choices) => {
        const parsed = parsePlan(emptied(defaultPlan(pattern), choices));
        if (parsed.ok) return;
        expect(parsed.issues.length).toBeGreaterThan(0);
        for (const issue of parsed.issues) expect(issue.message).not.toMatch(/NaN|undefined|\{\w+\}/);
      }),
      { numRuns: 300 },
    );
  });
});

/** The plan with some of its texts and lists empty. */
function emptied(value: unknown, choices: Iterator<boolean>): unknown {
  if (typeof value === 'string') return choices.next().value ? '' : value;
  if (Array.isArray(value)) return choices.next().value ? [] : value.map((one) => emptied(one, choices));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === 'pattern' ? one : emptied(one, choices)]),
  );
}

/** JSON nested so deeply that a recursive function overflows the stack. */
const DEPTH = 20_000;
const deep: Readonly<Record<'list' | 'group', unknown>> = {
  list: JSON.parse('['.repeat(DEPTH) + ']'.repeat(DEPTH)),
  group: JSON.parse(`${'{"version":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`),
};

describe('JSON of any depth and size gets an answer', () => {
  test.each(patterns)('%s: deep JSON in place of each answer', (pattern) => {
    const plan = defaultPlan(pattern);
    for (const path of pathsOf(plan)) {
      for (const value of [deep.list, deep.group]) {
        const parsed = parsePlan(path.length === 0 ? value : change(pattern, path.join('.'), value));
        expect(parsed.ok, path.join('.')).toBe(false);
      }
    }
  });

  test('a deep version, an answer with a deep key, and a plan that is only deep JSON', () => {
    expect(refusals({ version: deep.list })).toEqual(['version: plan.version']);
    expect(refusals({ version: deep.group })).toEqual(['version: plan.version']);
    expect(refusals({ version: 10n })).toEqual(['version: plan.version']);
    expect(refusals({ version: 2, surprise: deep.group })).toEqual(['surprise: plan.tooDeep']);
    expect(refusals({ version: 1, network: { pattern: deep.group } })).toEqual(['network: plan.tooDeep']);
  });

  test('a list of a million entries', () => {
    const long = Array.from({ length: 1_000_000 }, (_, index) => (index % 2 === 0 ? 'x' : { y: [] }));
    for (const path of ['clients', 'clients.0.sources', 'notes', 'server.addresses.public'])
      expect(refusals(change('direct', path, long))).toEqual([`${path}: plan.tooLarge`]);
  });

  test('a value in a message is short, for any value', () => {
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key ${index}`, 'x'.repeat(90)]));
    for (const value of [wide, 'x'.repeat(1_000_000), [wide], { a: [[[[[]]]]] }]) {
      for (const { message } of issuesOf(change('direct', 'server.port', value)))
        expect(message.length).toBeLessThan(300);
    }
  });
});

test('a plan of a later version is identified as such', () =>
  expect(refusals({ version: 3 })).toEqual(['version: plan.newer']));

describe('rejected with the path of the answer', () => {
  test.each<[Pattern, string, unknown, string]>([
    ['direct', 'server.port', 0, 'server.port: port.range'],
    ['direct', 'server.port', 70000, 'server.port: port.range'],
    ['direct', 'server.port', '5432', 'server.port: plan.type'],
    ['direct', 'server.port', 54.5, 'server.port: port.range'],
    ['direct', 'server.major', 10, 'server.major: major.range'],
    ['direct', 'server.major', 20, 'server.major: major.range'],
    ['direct', 'server.platform', 'amiga', 'server.platform: plan.choice'],
    ['direct', 'network', { pattern: 'carrier pigeon' }, 'network.pattern: plan.choice'],
    ['direct', 'clients.0.sources', [], 'clients.0.sources: plan.emptyList'],
    ['direct', 'clients.0.sources.1', '10.0.0.0/33', 'clients.0.sources.1: source.length'],
    ['direct', 'clients.0.sources', ['10.0.0.1', '10.0.0.1/32'], 'clients.0.sources.1: source.twice'],
    ['direct', 'clients.0.sources', ['10.0.0.1', '10.0.0.1'], 'clients.0.sources.1: entry.twice'],
    ['direct', 'clients.0.roles', [], 'clients.0.roles: plan.emptyList'],
    ['direct', 'clients.0.roles', ['postgres'], 'clients.0.roles.0: client.superuser'],
    ['direct', 'clients.0.roles.0', 'a\nb', 'clients.0.roles.0: text.control'],
    ['direct', 'clients.0.databases', [], 'clients.0.databases: plan.emptyList'],
    ['direct', 'clients.0.databases', ['template1'], 'clients.0.databases.0: name.templateDatabase'],
    ['direct', 'clients.0.via', 'vpn', 'clients.0.via: client.path'],
    ['direct', 'clients.0.auth', { method: 'peer' }, 'clients.0.auth.method: client.peerSocket'],
    ['direct', 'clients.0.auth', { method: 'trust' }, 'clients.0.auth.method: plan.choice'],
    ['direct', 'clients.0.surprise', 1, 'clients.0."surprise": plan.unknownKey'],
    ['direct', 'server.addresses.public', [], 'server.addresses.public: server.publicNeeded'],
    ['direct', 'administration.people', [], 'administration.people: admin.sources'],
    ['vpn', 'server.addresses.vpn', ['10.9.0.1'], 'server.addresses.vpn.0: network.tunnelAddress'],
    ['vpn', 'clients.0.sources', ['10.9.0.0/24'], 'clients.0.sources.0: client.notInTunnel'],
    ['vpn', 'network.peers.0.addresses', ['10.8.0.1'], 'network.peers.0.addresses.0: network.addressTaken'],
    ['vpn', 'network.peers.0.networks', ['10.8.0.0/16'], 'network.peers.0.networks.0: network.overlap'],
    ['private', 'server.addresses.private', ['10.0.2.10'], 'clients.0.sources.1: client.familyMissing'],
    ['private', 'clients.0.endpoint', 'replica', 'clients.0.endpoint: client.replica'],
    ['bastion', 'network.groups', ['a b'], 'network.groups.0: name.system'],
    ['bastion', 'network.privateAddresses', [], 'network.privateAddresses: plan.emptyList'],
  ])('%s: %s = %j', (pattern, path, value, expected) =>
    expect(refusals(change(pattern, path, value))).toContain(expected),
  );

  test('a duplicate client, also if only case differs', () => {
    const plan = defaultPlan('direct');
    const [client] = plan.clients;
    if (!client) throw new Error('the default plan has a client');
    expect(refusals({ ...plan, clients: [client, { ...client, name: 'APP' }] })).toContain(
      'clients.1.name: client.twice',
    );
  });

  test('a role with two connection limits', () => {
    const plan = defaultPlan('direct');
    const clients = plan.clients.flatMap((client): Plan['clients'] => [
      client,
      { ...client, name: 'other', connectionLimit: 5 },
    ]);
    expect(refusals({ ...plan, clients })).toEqual(['clients.1.connectionLimit: client.roleConflict']);
  });

  test('a list beyond its limit', () => {
    const entries = Array.from({ length: 501 }, (_, index) => `10.${index >> 8}.${index & 255}.1`);
    expect(refusals(change('direct', 'clients.0.sources', entries))).toContain(
      'clients.0.sources: plan.tooManyNetworks',
    );
  });
});
