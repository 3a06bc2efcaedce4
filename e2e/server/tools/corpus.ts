import { generate, type Plan } from '../../../app/core/index.ts';
import type { ProvenFile } from '../harness/bundle.ts';
import { namedPlans, valid } from '../harness/plans.ts';

/** Every named plan on every platform and with every firewall: what the tools read has to be valid for all of them. */
export function everyPlan(): { readonly name: string; readonly plan: Plan }[] {
  return variants().map(({ name, plan }) => ({ name, plan: valid(plan, name) }));
}

function variants(): { readonly name: string; readonly plan: Plan }[] {
  return namedPlans().flatMap(({ name, plan }) => [
    ...bastions(plan).map((network) => ({
      name: `${name}, ${JSON.stringify(network.ssh)}`,
      plan: { ...plan, network },
    })),
    ...clouds.map((cloud) => ({ name: `${name}, ${cloud.provider}`, plan: { ...inCloud(plan), cloud } })),
    ...platforms.flatMap((platform) =>
      firewalls.map((kind) => ({
        name: `${name}, ${platform}, ${kind}`,
        plan: {
          ...plan,
          server: { ...plan.server, platform, dataDirectory: null, configDirectory: null },
          firewall: { ...plan.firewall, kind },
        },
      })),
    ),
  ]);
}

/** A bastion with certificates, the service and pinned keys, for one account and for several. */
function bastions({ network }: Plan): Extract<Plan['network'], { pattern: 'bastion' }>[] {
  if (network.pattern !== 'bastion') return [];
  const hostKeys = [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`];
  return [
    { ...network, users: ['maria'], groups: [], ssh: { hostKeys, authority: false, service: true } },
    { ...network, users: [], groups: ['dbusers'], ssh: { hostKeys, authority: true, service: true } },
  ];
}

/** In a cloud, a public address is the provider's, which forwards to one of the server's own. */
function inCloud(plan: Plan): Plan {
  const { addresses } = plan.server;
  if (addresses.public.length === 0) return plan;
  const own = addresses.private.length > 0 ? addresses.private : ['10.0.2.10', '2001:db8:10::10'];
  return { ...plan, server: { ...plan.server, addresses: { ...addresses, private: own }, publicBehindNat: true } };
}

/** Those whose files are scripts. */
const clouds = [
  {
    provider: 'aws',
    format: 'cli',
    region: 'eu-central-1',
    vpc: 'vpc-0123456789abcdef0',
    groupName: 'db',
    rulesPerGroup: 60,
    sources: null,
  },
  {
    provider: 'azure',
    format: 'cli',
    resourceGroup: 'shop',
    location: 'westeurope',
    groupName: 'db',
    firstPriority: 1000,
    sources: null,
  },
] as const satisfies readonly Plan['cloud'][];

const platforms = ['debian', 'rhel', 'docker', 'source', 'macos', 'windows'] as const;
const firewalls = ['ufw', 'iptables', 'none'] as const;

/** The distinct files of a kind in all these plans, each with the first plan that has it. */
export function everyFile(
  wanted: (file: ProvenFile & { readonly language: string }) => boolean,
): { readonly name: string; readonly file: ProvenFile }[] {
  const found = new Map<string, { name: string; file: ProvenFile }>();
  for (const { name, plan } of everyPlan()) {
    for (const file of generate(plan).files.filter(wanted)) {
      const key = `${file.path}\n${file.content}`;
      if (!found.has(key)) found.set(key, { name: `${file.path} of ${name}`, file });
    }
  }
  return [...found.values()];
}
