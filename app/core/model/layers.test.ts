import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generate, type Plan } from '../index.ts';
import { addressText, type Family, type Prefix, width } from '../net/prefix.ts';
import { defaultClient, defaultPlan } from '../plan/defaults.ts';
import { prefixes } from '../plan/ways.ts';
import { planArbitrary } from '../testing/plan-arbitrary.ts';
import { deriveAccess } from './derive.ts';
import { layersOf } from './layers.ts';

const aws = {
  provider: 'aws',
  format: 'cli',
  region: 'eu-central-1',
  vpc: 'vpc-01234567',
  groupName: 'db',
  rulesPerGroup: 60,
  sources: null,
} as const;

const office: Plan = {
  ...defaultPlan('private'),
  clients: [{ ...defaultClient('private'), name: 'office', sources: ['203.0.113.0/24'] }],
};
const disagreements = (plan: Plan) =>
  layersOf(deriveAccess(plan)).disagreements.map(
    ({ layer, kind, witness }) => `${layer.kind} ${kind} ${addressText(witness)}`,
  );

describe('a choice that differs from the clients is reported with an example address', () => {
  test('a wider firewall', () =>
    expect(
      disagreements({ ...office, firewall: { ...office.firewall, sources: ['203.0.113.0/24', '10.9.0.0/16'] } }),
    ).toEqual(['firewall wider 10.9.0.1']));

  test('a cloud firewall that blocks half of a client', () => {
    const plan: Plan = { ...office, cloud: { ...aws, sources: ['203.0.113.0/25'] } };
    expect(disagreements(plan)).toEqual(['cloud blocks 203.0.113.129']);
    expect(generate(plan).findings.find(({ id }) => id === 'layer-blocks')?.message).toMatch(
      /203\.0\.113\.129.*office/,
    );
  });

  test('a security group for a cloud that the plan does not have', () =>
    expect(
      generate({ ...office, clients: office.clients.map((client) => ({ ...client, cloudGroup: 'web' })) }).findings.map(
        ({ id }) => id,
      ),
    ).toContain('cloud-group-unused'));
});

test('in any plan without own choices, all layers allow the same sources', () => {
  fc.assert(
    fc.property(planArbitrary, fc.boolean(), (plan, cloud) => {
      expect(disagreements(cloud ? { ...plan, cloud: aws } : plan)).toEqual([]);
    }),
  );
});

/** Addresses at the edges of some networks, inside and just outside. */
const edges = (networks: readonly Prefix[]): Prefix[] =>
  networks.flatMap(({ family, bits, length }) => {
    const last = bits + (1n << BigInt(width(family) - length)) - 1n;
    return [bits - 1n, bits, bits + 1n, last - 1n, last, last + 1n]
      .filter((at) => at >= 0n && at < 1n << BigInt(width(family)))
      .map((at): Prefix => ({ family, bits: at, length: width(family) }));
  });

/** Whether a network contains an address: a second implementation, with division. */
const contains = (network: Prefix, { family, bits }: Prefix): boolean => {
  const size = 1n << BigInt(width(network.family) - network.length);
  return network.family === family && bits / size === network.bits / size;
};

const network = (family: Family) =>
  fc
    .record({ at: fc.nat({ max: 0xffff }), length: fc.constantFrom(16, 20, 24, 31, 32) })
    .map(({ at, length }) =>
      family === 4
        ? `10.${length === 32 ? `${at >> 8}.${at & 255}.7` : `${length > 16 ? `${at >> 8}.${(at & 15) << 4}` : `${at >> 8}.0`}.0`}/${length}`
        : `2001:db8:${(at & 0xff).toString(16)}::/${length + 32}`,
    );
const choice = fc.array(fc.oneof(network(4), network(6)), { maxLength: 4 });

test('for any choice of networks, the layers agree with a test of the addresses at network boundaries', () => {
  let compared = 0;
  fc.assert(
    fc.property(planArbitrary, fc.option(choice), fc.option(choice), (plan, forFirewall, forCloud) => {
      const changed: Plan = {
        ...plan,
        firewall: { ...plan.firewall, sources: forFirewall },
        cloud: { ...aws, sources: forCloud },
      };
      const model = deriveAccess(changed);
      const { ways, disagreements: found } = layersOf(model);
      for (const { host, to, layers } of ways) {
        const needed = model.flows
          .filter((flow) => flow.to === host && flow.service === 'postgresql')
          .filter((flow) => flow.addresses.some((address) => contains(address, to)))
          .flatMap((flow) => flow.from);
        for (const { kind, admits } of layers) {
          if (host !== 'server' || (kind !== 'firewall' && kind !== 'cloud')) continue;
          const own = kind === 'firewall' ? forFirewall : forCloud;
          const open = own === null ? needed : prefixes(own);
          const none =
            kind === 'firewall' &&
            (['none', 'windows'].includes(plan.firewall.kind) || plan.server.platform === 'macos');
          const points = edges([...needed, ...open]).filter(({ family }) => family === to.family);
          for (const point of points) {
            const inside = admits.some(
              ({ family, first, last }) => family === point.family && first <= point.bits && point.bits <= last,
            );
            expect(inside).toBe(none || open.some((one) => contains(one, point)));
            compared += 1;
          }
          const admitted = (point: Prefix) => none || open.some((one) => contains(one, point));
          const reported = (what: 'blocks' | 'wider') =>
            found.find((one) => one.kind === what && one.layer.kind === kind && one.to === to);
          const blocked = points.some((point) => needed.some((one) => contains(one, point)) && !admitted(point));
          const wider = points.some((point) => !needed.some((one) => contains(one, point)) && admitted(point));
          expect(reported('blocks') !== undefined).toBe(blocked);
          expect(reported('wider') !== undefined).toBe(wider && !none);
          for (const what of ['blocks', 'wider'] as const) {
            const shown = reported(what)?.witness;
            if (shown)
              expect([admitted(shown), needed.some((one) => contains(one, shown))]).toEqual([
                what === 'wider',
                what === 'blocks',
              ]);
          }
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(1000);
});
