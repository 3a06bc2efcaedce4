import { parse } from '@cdktf/hcl2json';
import { describe, expect, test } from 'vitest';
import { defaultClient, defaultPlan, generate, type Plan, parsePlan } from '../../index.ts';
import { hclString } from '../../quote/hcl.ts';

const aws = {
  provider: 'aws',
  format: 'terraform',
  region: 'eu-central-1',
  vpc: 'vpc-0123456789abcdef0',
  groupName: 'db',
  rulesPerGroup: 60,
  sources: null,
} as const;
const azure = {
  provider: 'azure',
  format: 'bicep',
  resourceGroup: 'shop',
  location: 'westeurope',
  groupName: 'db',
  firstPriority: 1000,
  sources: null,
} as const;

const valid = (json: unknown): Plan => {
  const parsed = parsePlan(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
};

/** The group of this plan contains only PostgreSQL's rules. */
const withClients = (cloud: Plan['cloud'], clients: readonly (readonly string[])[], groups: readonly string[] = []) => {
  const plan = defaultPlan('private');
  return valid({
    ...plan,
    cloud,
    administration: { ...plan.administration, people: [{ name: 'keeper', sources: [], path: 'console' }] },
    clients: [
      ...clients.map((sources, index) => ({ ...defaultClient('private'), name: `client ${index}`, sources })),
      ...groups.map((cloudGroup, index) => ({
        ...defaultClient('private'),
        name: `group ${index}`,
        sources: ['192.0.2.0/24'],
        cloudGroup,
      })),
    ],
  });
};

/** Networks that cannot be merged, in lists that one client may have. */
const scattered = (count: number, family: 4 | 6 = 4): string[][] => {
  const all = Array.from({ length: count }, (_, index) =>
    family === 4 ? `10.${index >> 7}.${(index & 127) * 2}.0/24` : `2001:db8:${(index * 2).toString(16)}::/48`,
  );
  return Array.from({ length: Math.ceil(count / 50) }, (_, at) => all.slice(at * 50, at * 50 + 50));
};

const cloudFiles = (plan: Plan) => generate(plan).files.filter(({ path }) => path.startsWith('your-machine/cloud/'));
const limitOf = (plan: Plan) => generate(plan).findings.find(({ id }) => id.endsWith('-limit'));
const ingress = (plan: Plan) =>
  cloudFiles(plan)[0]?.content.match(/resource "aws_vpc_security_group_ingress_rule"/g)?.length;

describe('a plan without the ID of the VPC', () => {
  const plan = (format: 'cli' | 'terraform') => withClients({ ...aws, format, vpc: null }, [['10.0.0.0/24']]);

  test('leaves it to a variable of Terraform, which has no value of its own', async () => {
    const [file] = cloudFiles(plan('terraform'));
    const { variable, resource } = await parse('postern.tf', file?.content ?? '');
    expect(variable).toEqual({
      vpc_id: [{ type: `\${string}`, description: expect.stringContaining('VPC of the database server') }],
    });
    expect(resource.aws_security_group.server[0].vpc_id).toBe(`\${var.vpc_id}`);
  });

  test('leaves it to the environment of both scripts, which stop without it', () => {
    const scripts = cloudFiles(plan('cli'));
    expect(scripts).toHaveLength(2);
    for (const { content } of scripts) {
      expect(content).toContain(`[ -n "\${VPC_ID:-}" ] || {`);
      expect(content).toContain('Name=vpc-id,Values="$VPC_ID"');
    }
    expect(scripts[0]?.content).toContain('--vpc-id "$VPC_ID"');
  });

  test('with the ID asks for nothing', () => {
    for (const format of ['cli', 'terraform'] as const)
      for (const { content } of cloudFiles(withClients({ ...aws, format }, [['10.0.0.0/24']])))
        expect(content).not.toMatch(/VPC_ID|var\.vpc_id/);
  });
});

describe('AWS accepts as many rules of each family as the account allows', () => {
  test('sixty of each fit', () => {
    const plan = withClients(aws, [...scattered(60), ...scattered(60, 6)]);
    expect([ingress(plan), limitOf(plan)]).toEqual([120, undefined]);
  });

  test('one more is rejected with the figure, and no file is generated', () => {
    const plan = withClients(aws, scattered(61));
    expect(cloudFiles(plan)).toEqual([]);
    expect(limitOf(plan)).toMatchObject({ severity: 'high', path: 'cloud.rulesPerGroup' });
    expect(limitOf(plan)?.message).toMatch(/61 rules.*only 60/);
  });

  test('a group counts in both families', () => {
    const sixty = withClients(aws, [...scattered(58), ...scattered(59, 6)], ['sg-00000001']);
    expect(limitOf(sixty)).toBeUndefined();
    const more = withClients(aws, scattered(59), ['sg-00000001', 'sg-00000002']);
    expect(limitOf(more)?.message).toMatch(/61 rules/);
  });

  test('adjacent networks are one rule', () => {
    const hosts = Array.from({ length: 100 }, (_, index) => `10.0.1.${index}/32`);
    // 0 to 99 is 64 + 32 + 4 addresses.
    expect(ingress(withClients(aws, [hosts.slice(0, 50), hosts.slice(50)]))).toBe(3);
  });
});

describe('Azure has priorities up to 4096', () => {
  test('the last two priorities are a rule and its deny rule', () => {
    const plan = withClients({ ...azure, firstPriority: 4000 }, [['10.0.0.0/24']]);
    expect(cloudFiles(plan)[0]?.content).toMatch(/priority: 4001\n\s+access: 'Deny'/);
  });

  test('rules past the last priority are rejected with the figure, and no file is generated', () => {
    const groups = Array.from({ length: 97 }, (_, index) => `group-${index}`);
    const fits = withClients({ ...azure, firstPriority: 4000 }, [], groups.slice(0, 96));
    expect([cloudFiles(fits).length, limitOf(fits)]).toEqual([1, undefined]);
    const over = withClients({ ...azure, firstPriority: 4000 }, [], groups);
    expect(cloudFiles(over)).toEqual([]);
    expect(limitOf(over)?.message).toMatch(/4097.*4096/);
  });
});

describe('nobody is locked out', () => {
  const text = (plan: Plan) => cloudFiles(valid(plan))[0]?.content ?? '';

  test('Azure rules use the private address of a bastion', () =>
    expect(text({ ...defaultPlan('bastion'), cloud: azure })).toMatch(
      /name: 'db-bastion'[\s\S]*'203\.0\.113\.20\/32'\s+'10\.0\.2\.5\/32'/,
    ));

  test('Azure rules have no destination if only a translated address is known', () =>
    expect(text({ ...defaultPlan('vpn'), cloud: azure })).toMatch(
      /protocol: 'Udp'[\s\S]*?destinationAddressPrefix: '\*'\s+destinationPortRange: '51820'/,
    ));

  test.each([aws, azure])('a gateway known by its name is reachable behind $provider', (cloud) => {
    const plan = defaultPlan('vpn');
    if (plan.network.pattern !== 'vpn') throw new Error('a VPN');
    const gateway = {
      ...plan.network.gateway,
      placement: 'separate' as const,
      endpoint: 'vpn.example.com',
      addresses: ['10.8.0.1', 'fd00:8::1'],
      privateAddresses: ['10.0.2.1', 'fd00:0:0:2::1'],
    };
    const server = { ...plan.server, addresses: { public: [], private: ['10.0.2.10', 'fd00:0:0:2::10'], vpn: [] } };
    const content = text({ ...plan, server, network: { ...plan.network, gateway }, cloud });
    expect(content).toMatch(/db-gateway[\s\S]*51820/);
    expect(content).toMatch(/db-gateway[\s\S]*"?::\/0/);
  });
});

test('Terraform parses the quoted text', async () => {
  const hostile = [
    '"',
    'a\\',
    '\x24{file("/etc/passwd")}',
    '$\x24{x}',
    '%{ if true }x%{ endif }',
    '<<EOT',
    '# no comment',
    "' // /* */",
    'größe 数据',
    '\u2028',
    'a\nb\tc',
  ];
  const file = hostile.map((value, index) => `variable "v${index}" {\n  description = ${hclString(value)}\n}\n`);
  const { variable } = await parse('hostile.tf', file.join(''));
  const read = hostile.map((_, index) => variable[`v${index}`][0].description);
  // Its JSON is Terraform's JSON syntax, in which a doubled sign still represents one.
  expect(read).toEqual(hostile.map((value) => value.replace(/([$%])\{/g, '$1$1{')));
});
