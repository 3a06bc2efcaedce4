import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultPlan, type Plan, parsePlan } from '../index.ts';
import { planArbitrary } from '../testing/plan-arbitrary.ts';
import { generate } from './generate.ts';

const bastion = ({ network }: Plan) => (network.pattern === 'bastion' ? network.proxy.kind : 'none');
const certificate = ({ security }: Plan) => security.certificate.source;

/** The answer that enables a target's files, by the page of the target. */
const chosen: Readonly<Record<string, (plan: Plan) => boolean>> = {
  ufw: ({ firewall }) => firewall.kind === 'ufw',
  nftables: ({ firewall }) => firewall.kind === 'nftables',
  iptables: ({ firewall }) => firewall.kind === 'iptables',
  firewalld: ({ firewall }) => firewall.kind === 'firewalld',
  'windows-firewall': ({ firewall }) => firewall.kind === 'windows',
  'docker-user': ({ server }) => server.platform === 'docker',
  compose: ({ server }) => server.platform === 'docker',
  'aws-security-group': ({ cloud }) => cloud.provider === 'aws',
  'azure-nsg': ({ cloud }) => cloud.provider === 'azure',
  'google-firewall': ({ cloud }) => cloud.provider === 'google',
  wireguard: ({ network }) => network.pattern === 'vpn' && network.software.kind === 'wireguard',
  pgbouncer: (plan) => bastion(plan) === 'pgbouncer',
  haproxy: (plan) => bastion(plan) === 'haproxy',
  replicas: ({ network }) => network.pattern === 'private' && network.replicas.length > 0,
  'lets-encrypt': (plan) => certificate(plan) === 'lets-encrypt',
  fail2ban: ({ monitoring }) => monitoring.fail2ban !== 'none',
};

const group = { groupName: 'db', sources: null };
const clouds: readonly Plan['cloud'][] = [
  { provider: 'none' },
  { ...group, provider: 'aws', format: 'cli', region: 'eu-central-1', vpc: 'vpc-01234567', rulesPerGroup: 60 },
  { ...group, provider: 'aws', format: 'terraform', region: 'eu-central-1', vpc: 'vpc-01234567', rulesPerGroup: 60 },
  { ...group, provider: 'azure', format: 'cli', resourceGroup: 'a', location: 'westeurope', firstPriority: 1000 },
  { ...group, provider: 'azure', format: 'bicep', resourceGroup: 'a', location: 'westeurope', firstPriority: 1000 },
  { ...group, provider: 'google', format: 'cli', project: 'shop-123456', network: 'default', firstPriority: 1000 },
  {
    ...group,
    provider: 'google',
    format: 'terraform',
    project: 'shop-123456',
    network: 'default',
    firstPriority: 1000,
  },
];
const proxies = [
  { kind: 'none' },
  { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pooler' },
  { kind: 'haproxy', port: 5433 },
] as const;

/** The plan with one of each choice that random plans do not contain, if it is still valid. */
function varied(plan: Plan, at: number): Plan {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(at / 3) % list.length] as T;
  const changes: Plan[] = [
    { ...plan, cloud: pick(clouds), server: { ...plan.server, publicBehindNat: true } },
    { ...plan, monitoring: { ...plan.monitoring, fail2ban: pick(['none', 'file'] as const) } },
    ...(plan.network.pattern === 'bastion'
      ? [{ ...plan, network: { ...plan.network, proxy: pick(proxies) }, clients: defaultPlan('bastion').clients }]
      : []),
  ];
  return changes.filter((changed) => parsePlan(changed).ok)[at % 3] ?? plan;
}

test("a target's files exist exactly when its answer is chosen", () => {
  const shown = new Map<string, number>();
  const hidden = new Map<string, number>();
  fc.assert(
    fc.property(planArbitrary, fc.nat({ max: 1000 }), (random, at) => {
      const plan = varied(random, at);
      const there = new Set(generate(plan).files.map(({ page }) => page));
      for (const [page, wanted] of Object.entries(chosen)) {
        if (there.has(page)) {
          expect(wanted(plan), `files of ${page}`).toBe(true);
          shown.set(page, (shown.get(page) ?? 0) + 1);
        } else hidden.set(page, (hidden.get(page) ?? 0) + 1);
      }
    }),
    { numRuns: 300 },
  );
  // Random plans do not contain some answers: Windows, and those that require clients which few plans have.
  const tried = Object.keys(chosen).filter((page) => page !== 'windows-firewall');
  for (const page of tried) {
    expect(shown.get(page) ?? 0, `no plan had ${page}`).toBeGreaterThan(0);
    expect(hidden.get(page) ?? 0, `every plan had ${page}`).toBeGreaterThan(0);
  }
}, 300_000);
