import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains, firstHost, type Prefix, parseAddress } from '../net/prefix.ts';
import { defaultClient, defaultPlan } from '../plan/defaults.ts';
import { parseSource } from '../plan/fields.ts';
import type { Client, Plan } from '../plan/schema.ts';
import { planArbitrary } from '../testing/plan-arbitrary.ts';
import { deriveAccess } from './derive.ts';
import { type Attempt, Records } from './match.ts';

const at = (text: string): Prefix => {
  const address = parseAddress(text);
  if (!address) throw new Error(`${text} is no address`);
  return address;
};

/** The clients of the plan that an attempt from another machine belongs to, computed from the answers. */
function expectedClients(plan: Plan, attempt: Attempt, endpoint: Client['endpoint']): Client[] {
  const { address } = attempt;
  return plan.clients.filter((client) => {
    if (client.via === 'socket' || address === null || client.endpoint !== endpoint) return false;
    const seen =
      client.via === 'bastion' && plan.network.pattern === 'bastion' ? plan.network.privateAddresses : client.sources;
    const database = attempt.replication
      ? client.replication === 'physical'
      : client.replication !== 'physical' &&
        (client.databases === 'all' || client.databases.includes(attempt.database));
    return database && client.roles.includes(attempt.role) && seen.some((text) => contained(text, address));
  });
}

function contained(source: string, address: Prefix): boolean {
  const prefix = parseSource(source);
  return prefix !== undefined && contains(prefix, address);
}

/** An attempt with addresses, roles and databases of the plan, or with unrelated ones. */
const attemptAt = (plan: Plan): fc.Arbitrary<Attempt> => {
  const addresses = plan.clients
    .flatMap(({ sources }) => sources.flatMap((text) => parseSource(text) ?? []))
    .map(firstHost);
  const bastion = plan.network.pattern === 'bastion' ? plan.network.privateAddresses.map(at) : [];
  const unrelated = ['192.0.2.99', '2001:db8:ffff::99', '127.0.0.1'].map(at);
  return fc.record({
    encryption: fc.constantFrom('none', 'tls'),
    address: fc.constantFrom(...addresses, ...bastion, ...unrelated),
    database: fc.constantFrom(
      'postgres',
      'all',
      'replication',
      ...plan.clients.flatMap(({ databases }) => (databases === 'all' ? [] : databases)),
    ),
    role: fc.constantFrom('stranger', 'all', plan.server.superuser, ...plan.clients.flatMap(({ roles }) => roles)),
    replication: fc.boolean(),
  });
};

const planAndAttempt = planArbitrary.chain((plan) => fc.tuple(fc.constant(plan), attemptAt(plan)));

const isLoopback = ({ address }: Attempt) =>
  address !== null && [at('127.0.0.1'), at('::1')].some((own) => contains(own, address));

describe('the first matching record follows the plan', () => {
  test('an attempt is rejected if it belongs to no client, and else gets the record of one of its clients', () => {
    fc.assert(
      fc.property(planAndAttempt, ([plan, attempt]) => {
        if (isLoopback(attempt)) return;
        const { hbaEntries, replicaHbaEntries } = deriveAccess(plan);
        for (const [endpoint, records] of [['primary', hbaEntries] as const, ['replica', replicaHbaEntries] as const]) {
          const decision = Records.of(records).firstMatch(attempt);
          const clients = expectedClients(plan, attempt, endpoint);
          const accepting = clients.filter((client) => attempt.encryption === 'tls' || client.tls === 'allow');
          const rejected = decision === undefined || decision.method === 'reject';
          if (attempt.role === plan.server.superuser && !plan.security.remoteSuperuser) expect(rejected).toBe(true);
          else if (accepting.length === 0) expect(rejected).toBe(true);
          else if (attempt.encryption === 'tls') expect(rejected).toBe(false);
          if (!rejected) expect(accepting.map((client) => plan.clients.indexOf(client))).toContain(decision.client);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('unencrypted attempts of a client that requires TLS are rejected, although a broader client allows them', () => {
    const client: Client = { ...defaultClient('public'), roles: ['app'], databases: ['app'] };
    const plan: Plan = {
      ...defaultPlan('direct'),
      clients: [
        { ...client, name: 'broad', sources: ['10.0.0.0/8'], tls: 'allow' },
        { ...client, name: 'narrow', sources: ['10.1.0.0/16'], tls: 'require' },
      ],
    };
    const hbaEntries = deriveAccess(plan).hbaEntries;
    const attempt: Attempt = {
      encryption: 'none',
      address: at('10.1.2.3'),
      database: 'app',
      role: 'app',
      replication: false,
    };
    expect(Records.of(hbaEntries).firstMatch(attempt)?.method).toBe('reject');
    expect(Records.of(hbaEntries).firstMatch({ ...attempt, encryption: 'tls' })?.client).toBe(1);
    expect(Records.of(hbaEntries).firstMatch({ ...attempt, address: at('10.2.2.3') })?.client).toBe(0);
  });

  test('the superuser can connect on the server itself in every plan', () => {
    fc.assert(
      fc.property(planArbitrary, (plan) => {
        const attempt: Attempt = {
          encryption: 'none',
          address: null,
          database: 'postgres',
          role: plan.server.superuser,
          replication: false,
        };
        expect(Records.of(deriveAccess(plan).hbaEntries).firstMatch(attempt)?.method).toBe('peer');
      }),
    );
  });
});
