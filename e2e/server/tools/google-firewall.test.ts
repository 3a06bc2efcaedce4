import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { expect, it } from 'vitest';
import { defaultClient, defaultPlan, deriveAccess, type Flow, generate, type Plan } from '../../../app/core/index.ts';
import { alive } from '../harness/alive.ts';
import { amount, pointsOf } from '../harness/amount.ts';
import { fileAt } from '../harness/bundle.ts';
import { run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { valid } from '../harness/plans.ts';
import { addressText, holds, type Range, range } from '../harness/prefix.ts';
import { randomPlans, seed } from './random-plans.ts';

/** A rule as stored in the project. */
interface Rule {
  readonly name: string;
  readonly network: string;
  readonly direction: 'INGRESS';
  readonly action: 'ALLOW' | 'DENY';
  readonly protocol: string;
  readonly port: number;
  readonly priority: number;
  readonly ranges: readonly string[];
  readonly tags: readonly string[];
  readonly targets: readonly string[];
  readonly description: string;
  readonly disabled: boolean;
}

interface Project {
  project: string;
  networks: string[];
  rules: Rule[];
  history: Rule[][];
  calls: number;
  breaksAt: number;
  quota: number;
}

const cloud = {
  provider: 'google',
  project: 'shop-123456',
  network: 'default',
  groupName: 'db',
  firstPriority: 1000,
  sources: null,
} as const;

const theirs = (name: string, more: Partial<Rule>): Rule => ({
  name,
  network: 'default',
  direction: 'INGRESS',
  action: 'ALLOW',
  protocol: 'all',
  port: 0,
  priority: 65534,
  ranges: [],
  tags: [],
  targets: [],
  description: '',
  disabled: false,
  ...more,
});

/** The rules that allow the whole of a default network, here every private address of both families. */
const internal = [
  theirs('default-allow-internal', { ranges: ['10.0.0.0/8', '192.168.0.0/16'] }),
  theirs('default-allow-internal-ipv6', { ranges: ['fd00::/8'] }),
];

/** A project, the fake program first in the PATH, and a way to run a script there. */
function stage(rules: Rule[] = [...internal]) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-google-'));
  const file = join(folder, 'project.json');
  const start: Project = {
    project: cloud.project,
    networks: ['default', 'other'],
    rules,
    history: [],
    calls: 0,
    breaksAt: -1,
    quota: 1000,
  };
  writeFileSync(file, JSON.stringify(start));
  mkdirSync(join(folder, 'bin'));
  const stub = join(folder, 'bin', 'gcloud');
  copyFileSync(new URL('./google-account.mjs', import.meta.url), stub);
  chmodSync(stub, 0o755);
  // The name has no extension, so package.json tells Node that it is a module.
  writeFileSync(join(folder, 'bin', 'package.json'), '{"type":"module"}');
  const project = (): Project => JSON.parse(readFileSync(file, 'utf8'));
  return {
    project,
    change: (to: Partial<Project>) => writeFileSync(file, JSON.stringify({ ...project(), ...to })),
    use: async (script: string) => {
      const path = join(folder, 'script.sh');
      writeFileSync(path, script);
      return run('bash', [path], {
        env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, CLOUD_ACCOUNT: file },
      });
    },
  };
}

const fileOf = (plan: Plan, name: string) => fileAt(generate(plan).files, `your-machine/cloud/${name}`).content;

async function rulesOfScript(plan: Plan): Promise<Rule[]> {
  const { project, use } = stage();
  const { code, stderr } = await use(fileOf(plan, 'firewall-rules.sh'));
  expect([code, stderr]).toEqual([0, '']);
  return project().rules;
}

interface Resource {
  readonly name: string;
  readonly network: string;
  readonly direction: 'INGRESS';
  readonly priority: number;
  readonly description: string;
  readonly source_ranges?: string[];
  readonly source_tags?: string[];
  readonly target_tags: string[];
  readonly allow?: { protocol: string; ports: string[] }[];
  readonly deny?: { protocol: string; ports: string[] }[];
}

/** The rules of a Terraform file, read by HashiCorp's own parser. */
async function rulesOfTerraform(plan: Plan): Promise<Rule[]> {
  const { resource } = await parse('postern.tf', fileOf(plan, 'postern.tf'));
  const rules = Object.values<Resource[]>(resource.google_compute_firewall).flat();
  return [
    ...internal,
    ...rules.map((one): Rule => {
      const [what] = one.allow ?? one.deny ?? [];
      if (what?.ports.length !== 1) throw new Error(JSON.stringify(one));
      return theirs(one.name, {
        network: one.network,
        direction: one.direction,
        action: one.allow ? 'ALLOW' : 'DENY',
        protocol: what.protocol,
        port: Number(what.ports[0]),
        priority: one.priority,
        ranges: one.source_ranges ?? [],
        tags: one.source_tags ?? [],
        targets: one.target_tags,
        description: one.description,
      });
    }),
  ];
}

interface Packet {
  readonly source: string;
  readonly tags: readonly string[];
  readonly target: string;
  readonly protocol: string;
  readonly port: number;
}

/**
 * The matching rule with the lowest priority decides, a deny rule before an allow rule with the same one; then the
 * implied rule denies (docs.cloud.google.com/firewall/docs/firewalls).
 */
function admits(rules: readonly Rule[], packet: Packet): boolean {
  const [first] = rules
    .filter((rule) => !rule.disabled && rule.network === 'default')
    .filter(({ targets }) => targets.length === 0 || targets.includes(packet.target))
    .filter((rule) => rule.protocol === 'all' || (rule.protocol === packet.protocol && rule.port === packet.port))
    .filter(
      ({ ranges, tags }) =>
        ranges.some((text) => holds(text, packet.source)) || tags.some((tag) => packet.tags.includes(tag)),
    )
    .toSorted((a, b) => a.priority - b.priority || (a.action === 'DENY' ? -1 : 1));
  return first?.action === 'ALLOW';
}

const guarded: readonly Flow['service'][] = ['postgresql', 'pgbouncer', 'haproxy'];

/** Packets to each machine of the plan: from the edges of each network, from just outside, and from strangers. */
function packets(plan: Plan) {
  const { hosts, flows } = deriveAccess(plan);
  const kinds = [...new Set(hosts.filter(({ kind, managed }) => kind !== 'peer' && !managed).map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const ids = hosts.filter((host) => host.kind === kind).map(({ id }) => id);
    const here = flows.filter(({ to }) => ids.includes(to));
    const ports = new Map(here.map((flow) => [`${flow.protocol} ${flow.port}`, flow]));
    return [...ports.values()].flatMap(({ protocol, port }) => {
      const same = here.filter((flow) => flow.protocol === protocol && flow.port === port);
      const networks = same.flatMap(({ from }) => from.map((prefix) => asRange(prefix)));
      const sources = [
        ...new Set([
          ...networks.flatMap(edges),
          ...['10.255.255.9', '192.168.77.7', '198.51.100.200', 'fd77::9', '2001:db8:ffff::9'],
        ]),
      ];
      return sources.map((source) => {
        const reach = same.filter(({ from }) => from.some((prefix) => within(asRange(prefix), source)));
        const tags = reach.flatMap((flow) =>
          flow.fromHost === undefined && flow.client !== undefined ? (plan.clients[flow.client]?.cloudGroup ?? []) : [],
        );
        const isInternal = internal.some(({ ranges }) => ranges.some((text) => holds(text, source)));
        const open = !same.some(({ service }) => guarded.includes(service)) && isInternal;
        const target = kind === 'server' ? 'db' : `db-${kind}`;
        return { packet: { source, tags, target, protocol, port }, expected: reach.length > 0 || open };
      });
    });
  });
}

const asRange = ({ family, bits, length }: Flow['from'][number]): Range => {
  const size = 1n << BigInt((family === 4 ? 32 : 128) - length);
  return { family, first: bits, last: bits + size - 1n };
};
const within = (of: Range, source: string): boolean => {
  const one = range(source);
  return one.family === of.family && one.first >= of.first && one.last <= of.last;
};
const edges = ({ family, first, last }: Range): string[] => {
  const all = (1n << (family === 4 ? 32n : 128n)) - 1n;
  return [first, last, ...(first > 0n ? [first - 1n] : []), ...(last < all ? [last + 1n] : [])].map((value) =>
    addressText(family, value),
  );
};

const inGoogle = (format: 'cli' | 'terraform') => (plan: Plan) => {
  const changed: Plan = {
    ...plan,
    server: { ...plan.server, publicBehindNat: true },
    clients: plan.clients.map((client, index) => ({
      ...client,
      cloudGroup: index % 3 === 1 && client.via !== 'socket' ? `clients-${index}` : null,
    })),
    cloud: { ...cloud, format },
  };
  return deriveAccess(changed).flows.length === 0 ? undefined : valid(changed, 'the plan in a cloud');
};

it.each([
  {
    format: 'cli',
    file: 'firewall-rules.sh',
    judgedBy: 'bash, with a stand-in for gcloud',
    read: rulesOfScript,
    plans: 6,
  },
  { format: 'terraform', file: 'postern.tf', judgedBy: '@cdktf/hcl2json', read: rulesOfTerraform, plans: 60 },
] as const)(
  '$format: each machine admits what the model says and nothing else, in both families',
  { timeout: 0 },
  async (of) => {
    const plans = randomPlans(amount(of.plans), inGoogle(of.format)).filter((plan) =>
      generate(plan).files.some(({ path }) => path.endsWith(`/cloud/${of.file}`)),
    );
    const counts = { admitted: 0, denied: 0, ipv6: 0 };
    for (const plan of plans) {
      alive();
      const rules = await of.read(plan);
      expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
      for (const { packet, expected } of packets(plan)) {
        if (admits(rules, packet) !== expected)
          throw new Error(`seed ${seed}: ${JSON.stringify({ packet, expected, rules, plan }, null, 1)}`);
        counts[expected ? 'admitted' : 'denied'] += 1;
        if (packet.source.includes(':')) counts.ipv6 += 1;
      }
    }
    const total = counts.admitted + counts.denied;
    expect(Math.min(counts.admitted, counts.denied, counts.ipv6)).toBeGreaterThan(total / 10);
    conforms({
      target: `Google Cloud VPC firewall, ${of.format === 'cli' ? 'gcloud' : 'Terraform'}`,
      files: [of.file],
      judgedBy: `${of.judgedBy}; rules evaluated as the documentation says`,
      tried: 'packets to each machine',
      plans: plans.length,
      cases: total,
      notCovered: 'gcloud, Terraform and the cloud themselves',
    });
  },
);

/** A bastion's plan, so that there are two targets; the name of a client is hostile to a shell. */
const planWith = (sources: readonly string[], more: Partial<Extract<Plan['cloud'], { provider: 'google' }>> = {}) =>
  valid(
    {
      ...defaultPlan('bastion'),
      clients: [
        ...defaultPlan('bastion').clients,
        { ...defaultClient('private'), name: "o'hara $(touch /tmp/postern-pwned) `id` | 数据", sources },
      ],
      cloud: { ...cloud, format: 'cli', ...more },
    },
    'a plan in Google Cloud',
  );
const one = planWith(['10.1.0.0/24', '10.9.0.7/32', 'fd00:1::/64']);
const two = planWith(['10.1.0.0/24', '10.2.0.0/16', 'fd00:2::/64']);
const moved = planWith(['10.1.0.0/24', '10.2.0.0/16', 'fd00:2::/64'], { firstPriority: 3000 });
const apply = (plan: Plan) => fileOf(plan, 'firewall-rules.sh');
const undo = (plan: Plan) => fileOf(plan, 'firewall-rules-undo.sh');
const bare = (rules: readonly Rule[]) => rules.map((rule) => JSON.stringify(rule)).sort();
const others = [
  ...internal,
  theirs('office', { protocol: 'tcp', port: 443, priority: 200, ranges: ['192.0.2.0/24'], targets: ['db'] }),
  theirs('db-by-hand', { protocol: 'tcp', port: 8080, priority: 2000, ranges: ['192.0.2.0/24'], targets: ['db'] }),
  theirs('elsewhere', {
    network: 'other',
    protocol: 'tcp',
    port: 5432,
    targets: ['db'],
    description: 'postern postgresql: x',
  }),
  theirs('second-plan', { protocol: 'tcp', port: 5432, targets: ['db-2'], description: 'postern postgresql: x' }),
];

/** What one plan admits to PostgreSQL; the edges of both plans' networks. */
const probes = [one, two].flatMap(packets).map(({ packet }) => packet);
const admittedBy = (rules: readonly Rule[]) =>
  new Set(probes.filter((packet) => admits(rules, packet)).map((packet) => JSON.stringify(packet)));

it('creates the rules, changes nothing when it runs again, follows the plan without a gap, and undoes itself', {
  timeout: 0,
}, async () => {
  const { project, use } = stage([...others]);
  const must = async (script: string) => {
    const { code, stderr } = await use(script);
    expect(code, stderr).toBe(0);
    return stderr;
  };
  expect(await must(apply(one))).toBe(
    'office (priority 200) may decide before the rules of the plan for db. Check what it allows.\n',
  );
  const settled = project();
  await must(apply(one));
  expect(project().history).toHaveLength(settled.history.length);
  expect(project().rules).toEqual(settled.rules);

  for (const [before, after] of [
    [one, two],
    [two, moved],
    [moved, one],
  ] as const) {
    const from = project();
    await must(apply(after));
    const [start, end] = [admittedBy(from.rules), admittedBy(project().rules)];
    for (const moment of project().history.slice(from.history.length)) {
      const now = admittedBy(moment);
      for (const packet of now) expect(start.has(packet) || end.has(packet), packet).toBe(true);
      for (const packet of start) if (end.has(packet)) expect(now.has(packet), `${before.title} ${packet}`).toBe(true);
    }
    expect(bare(project().rules)).toEqual(
      bare([...others, ...project().rules.filter(({ name }) => !others.some((other) => other.name === name))]),
    );
  }
  // The last plan is the first one again, so its rules are too.
  expect(bare(project().rules)).toEqual(bare(settled.rules));
  await must(undo(one));
  expect(bare(project().rules)).toEqual(bare(others));
  await must(undo(one));
  expect(bare(project().rules)).toEqual(bare(others));
});

it('may fail at any call: running it again completes it', { timeout: 0 }, async () => {
  const whole = stage([...others]);
  await whole.use(apply(one));
  const before = whole.project();
  await whole.use(apply(two));
  const { calls, rules } = whole.project();
  expect(calls - before.calls).toBeGreaterThan(5);
  for (const point of pointsOf(calls - before.calls, 5)) {
    const { project, change, use } = stage(structuredClone(before.rules));
    change({ breaksAt: point });
    expect([point, (await use(apply(two))).code === 0]).toEqual([point, false]);
    for (const other of others) expect(bare(project().rules)).toContain(JSON.stringify(other));
    change({ breaksAt: -1 });
    expect((await use(apply(two))).code).toBe(0);
    expect(bare(project().rules)).toEqual(bare(rules));
  }
});

it('repairs its own rule that somebody disabled or changed', async () => {
  const { project, change, use } = stage();
  await use(apply(one));
  const { rules } = project();
  change({
    rules: rules.map((rule) =>
      rule.description.startsWith('postern')
        ? { ...rule, disabled: true, priority: 7, ranges: rule.ranges.slice(0, 1) }
        : rule,
    ),
  });
  await use(apply(one));
  expect(bare(project().rules)).toEqual(bare(rules));
});

it('stops at a quota with nothing deleted, and at a name that is already in use', async () => {
  const { project, change, use } = stage([...others]);
  await use(apply(one));
  const { rules } = project();
  change({ quota: rules.length });
  const { code, stderr } = await use(apply(two));
  expect([code === 0, stderr]).toEqual([false, expect.stringContaining('Quota')]);
  expect(bare(project().rules)).toEqual(bare(rules));

  const name = rules.find((rule) => !others.some((other) => other.name === rule.name))?.name ?? '';
  const taken = [theirs(name, { description: 'ours' })];
  const second = stage(structuredClone(taken));
  expect((await second.use(apply(one))).code).not.toBe(0);
  expect(second.project().rules).toEqual(taken);
});
