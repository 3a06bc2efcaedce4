import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultClient, defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { pointsOf } from '../harness/amount.ts';
import { fileAt } from '../harness/bundle.ts';
import { run } from '../harness/command.ts';
import { conforms } from '../harness/conformance.ts';
import { valid } from '../harness/plans.ts';
import { type ReadRule, readAwsScript, readAzureScript } from './cloud.ts';

interface Rule {
  readonly name?: string;
  readonly access?: string;
  readonly priority?: number;
  readonly protocol: string;
  readonly port: number;
  readonly source?: string;
  readonly sources?: readonly string[];
  readonly description?: string;
  readonly id?: string;
}

interface Group {
  readonly name: string;
  readonly id?: string;
  readonly vpc?: string;
  readonly description?: string;
  readonly rules: readonly Rule[];
}

interface Account {
  groups: Group[];
  history: Group[][];
  attached: string[];
  next: number;
  calls: number;
  breaksAt: number;
}

const vpc = 'vpc-0123456789abcdef0';
const clouds = {
  aws: {
    provider: 'aws',
    format: 'cli',
    region: 'eu-central-1',
    vpc,
    groupName: 'db',
    rulesPerGroup: 60,
    sources: null,
  },
  azure: {
    provider: 'azure',
    format: 'cli',
    resourceGroup: 'shop',
    location: 'westeurope',
    groupName: 'db',
    firstPriority: 1000,
    sources: null,
  },
} as const satisfies Record<string, Plan['cloud']>;

/** A bastion's plan, so that there are two groups; the names of clients are hostile to a shell. */
const planWith = (cloud: Plan['cloud'], sources: readonly string[]): Plan =>
  valid(
    {
      ...defaultPlan('bastion'),
      clients: [
        ...defaultPlan('bastion').clients,
        { ...defaultClient('private'), name: "o'hara $(touch /tmp/postern-pwned) `id`", sources },
      ],
      cloud,
    },
    'a plan in a cloud',
  );

/** A new account, the two fake programs first in the PATH, and the scripts. */
function stage(program: 'aws' | 'az', groups: Group[]) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-cloud-'));
  const file = join(folder, 'account.json');
  const start: Account = { groups, history: [], attached: [], next: 100, calls: 0, breaksAt: -1 };
  writeFileSync(file, JSON.stringify(start));
  mkdirSync(join(folder, 'bin'));
  const stub = join(folder, 'bin', program);
  copyFileSync(new URL('./cloud-account.mjs', import.meta.url), stub);
  chmodSync(stub, 0o755);
  // The name has no extension, so package.json tells Node that it is a module.
  writeFileSync(join(folder, 'bin', 'package.json'), '{"type":"module"}');
  const account = (): Account => JSON.parse(readFileSync(file, 'utf8'));
  return {
    account,
    change: (to: Partial<Account>) => writeFileSync(file, JSON.stringify({ ...account(), ...to })),
    use: async (script: string) => {
      const path = join(folder, 'script.sh');
      writeFileSync(path, script);
      return run('bash', [path], {
        env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, CLOUD_ACCOUNT: file },
      });
    },
  };
}

const scripts = (plan: Plan) => {
  const name = plan.cloud.provider === 'aws' ? 'security-groups' : 'network-security-groups';
  const { files } = generate(plan);
  const at = (ending: string) => fileAt(files, `your-machine/cloud/${name}${ending}.sh`).content;
  return { apply: at(''), undo: at('-undo') };
};

/** One line for each of our rules, to compare an account with a script. */
const oursIn = (groups: readonly Group[]): string[] =>
  groups
    .flatMap((group) =>
      group.rules
        .filter((rule) => (rule.description ?? rule.name)?.startsWith('postern'))
        .flatMap((rule) =>
          (rule.sources ?? [rule.source]).map((source) =>
            [group.name, rule.access ?? 'Allow', rule.priority ?? 0, rule.protocol, rule.port, source].join(' '),
          ),
        ),
    )
    .sort();

const wanted = (rules: readonly ReadRule[]): string[] =>
  rules
    .flatMap((rule) =>
      rule.sources.map((source) =>
        [rule.group, rule.allow ? 'Allow' : 'Deny', rule.priority, rule.protocol, rule.port, source].join(' '),
      ),
    )
    .sort();

const first = ['10.1.0.0/24', '10.1.1.0/24', '10.9.0.7/32', 'fd00:1::/64'];
const second = ['10.1.0.0/24', '10.2.0.0/16', 'fd00:2::/64'];
const others: Rule = {
  id: 'sgr-1',
  name: 'office',
  priority: 200,
  access: 'Allow',
  protocol: 'tcp',
  port: 443,
  source: '192.0.2.0/24',
  description: 'office',
};

const targets = [
  {
    name: 'AWS security group, CLI',
    file: 'security-groups.sh',
    program: 'aws',
    cloud: clouds.aws,
    read: readAwsScript,
  },
  {
    name: 'Azure NSG, CLI',
    file: 'network-security-groups.sh',
    program: 'az',
    cloud: clouds.azure,
    read: readAzureScript,
  },
] as const;

describe.each(targets)('$name, run against an account', ({ name, file, program, cloud, read }) => {
  const one = scripts(planWith(cloud, first));
  const two = scripts(planWith(cloud, second));
  const theirs = (): Group => ({ name: 'db', id: 'sg-1', vpc, description: 'by hand', rules: [others] });

  it('creates what the plan requires, changes nothing when it runs again, follows the plan, and undoes itself', async () => {
    const { account, use } = stage(program, [theirs()]);
    let ran = 0;
    const must = async (script: string) => {
      ran += 1;
      const { code, stderr } = await use(script);
      expect([
        code,
        stderr.split('\n').filter((line) => !/office|of others/.test(line) && !line.includes('sgr-1') && line !== ''),
      ]).toEqual([0, []]);
      return stderr;
    };
    expect(await must(one.apply)).toMatch(
      program === 'aws' ? /Rules of others in sg-1.*\n.*192\.0\.2\.0\/24/ : /office \(Allow, 200\) decides before/,
    );
    expect(oursIn(account().groups)).toEqual(wanted(read(one.apply)));
    const settled = account();
    await must(one.apply);
    expect(account().groups.map((group) => [group.name, oursIn([group])])).toEqual(
      settled.groups.map((group) => [group.name, oursIn([group])]),
    );
    if (program === 'aws') expect(account().history.length).toBe(settled.history.length);

    const from = account().history.length;
    await must(two.apply);
    expect(oursIn(account().groups)).toEqual(wanted(read(two.apply)));
    const allowed = new Set(
      [...wanted(read(one.apply)), ...wanted(read(two.apply))].map((line) => line.replace(/Allow \d+/, 'Allow')),
    );
    for (const moment of account().history.slice(from)) {
      for (const line of oursIn(moment)) expect(allowed).toContain(line.replace(/Allow \d+/, 'Allow'));
      // At no moment is the server without the deny rule before Azure's own rule for the whole network.
      if (program === 'az') expect(oursIn(moment).some((line) => /^db Deny \d+ tcp 5432 \*$/.test(line))).toBe(true);
    }
    await use(two.undo);
    expect(account().groups.find((group) => group.name === 'db')?.rules).toEqual([others]);
    expect(oursIn(account().groups)).toEqual([]);
    if (program === 'aws') expect(account().groups.map((group) => group.name)).toEqual(['db']);
    expect((await use(two.undo)).code).toBe(0);
    conforms({
      target: name,
      files: [file, file.replace('.sh', '-undo.sh')],
      judgedBy: 'bash, with an account in place of the cloud that answers as its documentation says',
      tried: 'runs: new, again, changed, undone',
      plans: 2,
      cases: ran + 2,
      notCovered: 'the cloud itself',
    });
  });

  it('may fail at any call: running it again completes it', async () => {
    const whole = stage(program, [theirs()]);
    await whole.use(one.apply);
    const before = whole.account();
    await whole.use(two.apply);
    const calls = whole.account().calls - before.calls;
    expect(calls).toBeGreaterThan(10);
    const points = pointsOf(calls, 6);
    await Promise.all(
      [0, 1].map(async (half) => {
        for (const point of points.filter((_, index) => index % 2 === half)) {
          const { account, change, use } = stage(program, structuredClone(before.groups));
          change({ breaksAt: point });
          const { code } = await use(two.apply);
          expect([point, code === 0]).toEqual([point, false]);
          expect(
            account().groups.flatMap((group) =>
              group.rules.filter((rule) => rule.id === 'sgr-1' || rule.name === 'office'),
            ),
          ).toHaveLength(1);
          change({ breaksAt: -1 });
          expect((await use(two.apply)).code).toBe(0);
          expect(oursIn(account().groups)).toEqual(wanted(read(two.apply)));
        }
      }),
    );
  });
});

it('another rule on a priority that the plan needs stops the script before it changes that group', async () => {
  const { apply } = scripts(planWith(clouds.azure, first));
  const theirs = { ...others, priority: 1001 };
  const { account, use } = stage('az', [{ name: 'DB', rules: [theirs] }]);
  const { code, stderr } = await use(apply);
  expect(code).not.toBe(0);
  expect(stderr).toContain('office has priority 1001');
  expect(account().groups).toEqual([{ name: 'DB', rules: [theirs] }]);
});

it('a security group that still filters a machine is kept, and reported', async () => {
  const { apply, undo } = scripts(planWith(clouds.aws, first));
  const { account, change, use } = stage('aws', []);
  expect((await use(apply)).code).toBe(0);
  change({ attached: ['db'] });
  const { code, stderr } = await use(undo);
  expect([code, account().groups.map(({ name, rules }) => [name, rules.length])]).toEqual([0, [['db', 0]]]);
  expect(stderr).toMatch(/^db \(sg-\w+\) is kept/);
});
