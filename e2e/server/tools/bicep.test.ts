import { expect, it } from 'vitest';
import { defaultClient, defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { fileAt } from '../harness/bundle.ts';
import { conforms } from '../harness/conformance.ts';
import { valid } from '../harness/plans.ts';
import { areGolden } from './golden.ts';

const cloud = {
  provider: 'azure',
  format: 'bicep',
  resourceGroup: 'shop',
  location: 'westeurope',
  groupName: 'shop-db',
  firstPriority: 1000,
  sources: null,
} as const satisfies Plan['cloud'];

/**
 * Together: both families, translated addresses, groups of machines, every proxy, a gateway, replicas, and names that
 * try to interpolate.
 */
const plans: Readonly<Record<string, Plan>> = {
  'direct.bicep': {
    ...defaultPlan('direct'),
    cloud: { ...cloud, firstPriority: 200 },
    server: translated('direct'),
    clients: [
      { ...defaultClient('public'), name: 'office', sources: ['198.51.100.0/28', '2001:db8:20::/64'] },
      {
        ...defaultClient('public'),
        name: "o'hara \x24{uniqueString('x')} '''",
        sources: ['192.0.2.7'],
        roles: ['ohara'],
      },
    ],
  },
  'anyone.bicep': {
    ...defaultPlan('direct'),
    cloud: { ...cloud, sources: ['0.0.0.0/0', '::/0'] },
    server: translated('direct'),
  },
  'group.bicep': {
    ...defaultPlan('private'),
    cloud,
    clients: [
      { ...defaultClient('private'), name: 'web', sources: ['10.0.1.0/24'], cloudGroup: 'asg-web' },
      { ...defaultClient('private'), name: 'worker', sources: ['10.0.3.0/24', 'fd00:0:0:3::/64'], roles: ['worker'] },
    ],
  },
  'replicas.bicep': {
    ...withNetwork('private', (network) => ({
      ...network,
      replicas: [{ name: 'reports.example.com', addresses: ['10.0.2.12', 'fd00:0:0:2::12'] }],
    })),
    clients: [
      { ...defaultClient('private'), name: 'web', sources: ['10.0.1.0/24'] },
      {
        ...defaultClient('private'),
        name: 'reporting',
        sources: ['10.0.3.0/24'],
        roles: ['reader'],
        endpoint: 'replica',
      },
    ],
  },
  'vpn.bicep': { ...defaultPlan('vpn'), cloud, server: translated('vpn') },
  'gateway.bicep': {
    ...withNetwork('vpn', (network) => ({
      ...network,
      gateway: {
        ...network.gateway,
        placement: 'separate',
        addresses: ['10.8.0.1', 'fd00:8::1'],
        privateAddresses: ['10.0.2.1', 'fd00:0:0:2::1'],
      },
    })),
    server: {
      ...defaultPlan('vpn').server,
      addresses: { public: [], private: ['10.0.2.10', 'fd00:0:0:2::10'], vpn: [] },
    },
  },
  'bastion.bicep': { ...defaultPlan('bastion'), cloud },
  'pgbouncer.bicep': withNetwork('bastion', (network) => ({
    ...network,
    proxy: { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pgbouncer' },
  })),
};

/** The server of the pattern, whose public addresses the cloud translates to private ones. */
function translated(pattern: Plan['network']['pattern']): Plan['server'] {
  const { server } = defaultPlan(pattern);
  return {
    ...server,
    publicBehindNat: true,
    addresses: { ...server.addresses, private: ['10.0.2.10', 'fd00:0:0:2::10'] },
  };
}

function withNetwork<P extends Plan['network']['pattern']>(
  pattern: P,
  change: (network: Extract<Plan['network'], { pattern: P }>) => Plan['network'],
): Plan {
  const plan = defaultPlan(pattern);
  return { ...plan, cloud, network: change(plan.network as Extract<Plan['network'], { pattern: P }>) };
}

const written = Object.fromEntries(
  Object.entries(plans).map(([name, plan]) => [
    name,
    fileAt(generate(valid(plan, name)).files, 'your-machine/cloud/postern.bicep').content,
  ]),
);

areGolden('bicep', 'bicep.test.ts', written);

it('a name of the plan interpolates nothing in Bicep', () => {
  // The backslash escapes the dollar sign, and no preceding backslash escapes it.
  for (const text of Object.values(written)) expect(text).not.toMatch(/(?<!\\)\$\{/);
  conforms({
    target: 'Azure NSG, Bicep',
    files: ['postern.bicep'],
    judgedBy: 'reviewed files, byte by byte',
    tried: 'the files of plans of every pattern compared with reviewed ones',
    plans: Object.keys(plans).length,
    cases: Object.keys(plans).length,
    notCovered: 'the Bicep compiler, and Azure itself',
  });
});
