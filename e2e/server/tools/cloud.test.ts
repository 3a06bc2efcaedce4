import { expect, it } from 'vitest';
import { generate, type Plan } from '../../../app/core/index.ts';
import { alive } from '../harness/alive.ts';
import { amount } from '../harness/amount.ts';
import { fileAt } from '../harness/bundle.ts';
import { conforms } from '../harness/conformance.ts';
import { valid } from '../harness/plans.ts';
import { holds as holdsText } from '../harness/prefix.ts';
import { type ReadRule, readAwsScript, readAzureScript, readBicep, readTerraform } from './cloud.ts';
import { expectations, randomFrom, randomPlans, seed, serverFlows } from './random-plans.ts';

const PLANS = amount(100);
/** Minimum number of packets per plan, on average. */
const EACH = 10;
const GROUP = 'postern-db';

const aws = { provider: 'aws', region: 'eu-central-1', vpc: 'vpc-0123456789abcdef0', groupName: GROUP } as const;
const azure = { provider: 'azure', resourceGroup: 'db', location: 'westeurope', groupName: GROUP } as const;

/** A packet to PostgreSQL, and the groups that the machine which sends it is in. */
interface Packet {
  readonly source: string;
  readonly target: string;
  readonly port: number;
  readonly groups: readonly string[];
}

const from = (rule: ReadRule, { source, groups }: Packet): boolean =>
  rule.sources.some((text) =>
    text === '*' ? true : text.includes('/') ? holdsText(text, source) : groups.includes(text),
  );

/** A security group allows what any of its rules names (docs.aws.amazon.com, "Security group rules"). */
const byAws = (rules: readonly ReadRule[], packet: Packet): boolean =>
  rules.some((rule) => rule.protocol === 'tcp' && rule.port === packet.port && from(rule, packet));

/**
 * The matching rule with the lowest priority decides; then the default rules, of which 65000 allows the whole virtual
 * network, here every private address (learn.microsoft.com, "Network security groups").
 */
function byAzure(rules: readonly ReadRule[], packet: Packet): boolean {
  const [first] = rules
    .filter((rule) => rule.protocol === 'tcp' && rule.port === packet.port && from(rule, packet))
    .filter(({ destinations }) => destinations.some((text) => text === '*' || holdsText(text, packet.target)))
    .toSorted((a, b) => a.priority - b.priority);
  return first ? first.allow : /^(10\.|192\.168\.|fd)/.test(packet.source);
}

interface Target {
  readonly target: string;
  readonly file: string;
  readonly judgedBy: string;
  readonly cloud: Plan['cloud'];
  /** The name of a client's machines in this cloud. */
  readonly member: (index: number) => string;
  readonly read: (content: string) => ReadRule[] | Promise<ReadRule[]>;
  readonly admits: (rules: readonly ReadRule[], packet: Packet) => boolean;
  /** Its rules name the address that a packet goes to. */
  readonly byDestination: boolean;
}

const own = 'a reading of the text by rules written from the documentation';
const sg = (index: number) => `sg-${(index + 1).toString(16).padStart(8, '0')}`;
const asg = (index: number) => `clients-${index}`;

const targets: readonly Target[] = [
  {
    target: 'AWS security group, CLI',
    file: 'security-groups.sh',
    judgedBy: own,
    cloud: { ...aws, format: 'cli', rulesPerGroup: 1000, sources: null },
    member: sg,
    read: readAwsScript,
    admits: byAws,
    byDestination: false,
  },
  {
    target: 'AWS security group, Terraform',
    file: 'postern.tf',
    judgedBy: `@cdktf/hcl2json, then ${own}`,
    cloud: { ...aws, format: 'terraform', rulesPerGroup: 1000, sources: null },
    member: sg,
    read: readTerraform,
    admits: byAws,
    byDestination: false,
  },
  {
    target: 'Azure NSG, CLI',
    file: 'network-security-groups.sh',
    judgedBy: own,
    cloud: { ...azure, format: 'cli', firstPriority: 1000, sources: null },
    member: asg,
    read: readAzureScript,
    admits: byAzure,
    byDestination: true,
  },
  {
    target: 'Azure NSG, Bicep',
    file: 'postern.bicep',
    judgedBy: own,
    cloud: { ...azure, format: 'bicep', firstPriority: 1000, sources: null },
    member: asg,
    read: readBicep,
    admits: byAzure,
    byDestination: true,
  },
];

/** The plan in this cloud, every third of its clients known by a group there. */
function suitable(plan: Plan, { cloud, member }: Target): Plan | undefined {
  const changed: Plan = {
    ...plan,
    server: { ...plan.server, publicBehindNat: true },
    clients: plan.clients.map((client, index) => ({
      ...client,
      cloudGroup: index % 3 === 1 && client.via !== 'socket' ? member(index) : null,
    })),
    cloud,
  };
  if (serverFlows(changed).length === 0) return undefined;
  return valid(changed, 'the plan in a cloud');
}

it.each(targets)('$target allows what the model says and nothing else', { timeout: 0 }, async (of) => {
  const plans = randomPlans(PLANS, (plan) => suitable(plan, of));
  const random = randomFrom(seed);
  let packets = 0;
  let admitted = 0;
  for (const plan of plans) {
    alive();
    const rules = (await of.read(fileAt(generate(plan).files, `your-machine/cloud/${of.file}`).content)).filter(
      ({ group }) => group === GROUP,
    );
    const flows = serverFlows(plan);
    for (const { probe, open } of expectations(plan, random)) {
      // Clients through the bastion are the bastion here. Others are in the group of every client whose network they
      // come from; a stranger is in none.
      const member = (flow: (typeof flows)[number]) =>
        flow.fromHost === undefined && flow.client !== undefined ? plan.clients[flow.client]?.cloudGroup : undefined;
      const reach = flows.filter(
        (flow) =>
          flow.from.some((prefix) => holdsText(`${text(prefix)}`, probe.source)) &&
          (!of.byDestination || flow.addresses.some((prefix) => holdsText(text(prefix), probe.target))),
      );
      const groups = reach.flatMap((flow) => member(flow) ?? []);
      const expected = of.byDestination ? open || groups.length > 0 : reach.length > 0;
      const packet = { source: probe.source, target: probe.target, port: probe.port, groups };
      const answer = of.admits(rules, packet);
      if (answer !== expected)
        throw new Error(`seed ${seed}: ${JSON.stringify({ packet, expected, rules, plan }, null, 1)}`);
      packets += 1;
      if (answer) admitted += 1;
    }
  }
  expect(packets).toBeGreaterThanOrEqual(plans.length * EACH);
  expect(Math.min(admitted, packets - admitted)).toBeGreaterThan(packets / 10);
  conforms({
    target: of.target,
    files: [of.file],
    judgedBy: of.judgedBy,
    tried: 'rules read back from the text and evaluated for packets',
    plans: plans.length,
    cases: packets,
    notCovered: 'the cloud itself',
  });
});

const text = ({ family, bits, length }: { family: 4 | 6; bits: bigint; length: number }): string => {
  const group = (shift: number, size: number) => Number((bits >> BigInt(shift)) & ((1n << BigInt(size)) - 1n));
  const address =
    family === 4
      ? [24, 16, 8, 0].map((shift) => group(shift, 8)).join('.')
      : [112, 96, 80, 64, 48, 32, 16, 0].map((shift) => group(shift, 16).toString(16)).join(':');
  return `${address}/${length}`;
};
