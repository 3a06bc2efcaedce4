import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLink, defaultClient, defaultPlan, encodeLink, generate, type Plan, parsePlan } from '../../index.ts';

const cloud = {
  provider: 'google',
  format: 'cli',
  project: 'shop-123456',
  network: 'default',
  groupName: 'db',
  firstPriority: 1000,
  sources: null,
} as const;

const withCloud = (changes: object, more: Partial<Plan> = {}) => ({
  ...defaultPlan('private'),
  ...more,
  cloud: { ...cloud, ...changes },
});
const valid = (json: unknown): Plan => {
  const parsed = parsePlan(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
};
const script = (plan: Plan) =>
  generate(plan).files.find(({ path }) => path === 'your-machine/cloud/firewall-rules.sh')?.content ?? '';
const commands = (plan: Plan) => script(plan).match(/^rule .*$/gm) ?? [];
const rangesOf = (command: string) => /--source-ranges=(\S+)/.exec(command)?.[1]?.replaceAll("'", '').split(',') ?? [];

describe('what the cloud does not support is rejected at the answer', () => {
  const hostile = ['', '$(id)', "a'b", 'a b', 'Db', '-db', 'db-', 'dätabase', 'a/b', 'a,b', 'a|b', 'x'.repeat(64)];

  test.each(['project', 'network', 'groupName'])('%s', (field) => {
    for (const value of hostile) {
      const parsed = parsePlan(withCloud({ [field]: value }));
      expect(parsed.ok ? [value] : parsed.issues.map(({ path }) => path)).toContain(`cloud.${field}`);
    }
  });

  test.each([-1, 65533, 1.5])('priority %s', (firstPriority) =>
    expect(parsePlan(withCloud({ firstPriority })).ok).toBe(false),
  );

  test.each(['sg-01234567', 'My_Group', 'a.b'])('%s is not a network tag', (cloudGroup) => {
    const clients = [{ ...defaultClient('private'), name: 'web', sources: ['10.0.1.0/24'], cloudGroup }];
    const parsed = parsePlan(withCloud({}, { clients }));
    expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path)).toEqual(['clients.0.cloudGroup']);
  });
});

test('a link keeps every answer, and one of a plan without it opens as before', async () => {
  for (const plan of [valid(withCloud({ sources: ['10.0.0.0/8'] })), defaultPlan('private')])
    expect(await decodeLink(await encodeLink(plan))).toEqual({ ok: true, value: plan });
});

test('no rule has more than 256 ranges or two families, and every range occurs once', () => {
  const sources = (at: number) => Array.from({ length: 50 }, (_, index) => `10.${at}.${index * 2}.0/24`);
  const clients = Array.from({ length: 12 }, (_, at) => ({
    ...defaultClient('private'),
    name: `client ${at}`,
    sources: [...sources(at), `2001:db8:${at * 2}::/48`].slice(0, 50),
  }));
  const people = [{ name: 'keeper', sources: [], path: 'console' as const }];
  const plan = valid(withCloud({}, { clients, administration: { ...defaultPlan('private').administration, people } }));
  const lists = commands(plan)
    .filter((command) => command.includes(' ALLOW '))
    .map(rangesOf);
  expect(Math.max(...lists.map((list) => list.length))).toBe(256);
  for (const list of lists) expect(new Set(list.map((range) => range.includes(':'))).size).toBe(1);
  const all = lists.flat();
  expect([all.length, new Set(all).size]).toEqual([600, 600]);
});

test('the name of a rule is derived from its content, and valid for Google', () => {
  const name = (command: string) => command.split(' ')[1] ?? '';
  const of = (source: string, groupName = 'db') =>
    commands(
      valid(withCloud({ groupName }, { clients: [{ ...defaultClient('private'), name: 'a', sources: [source] }] })),
    );
  expect(of('10.0.1.0/24')).toEqual(of('10.0.1.0/24'));
  fc.assert(
    fc.property(fc.nat({ max: 255 }), fc.nat({ max: 255 }), (a, b) => {
      const [one, two] = [of(`10.0.${a}.0/24`), of(`10.0.${b}.0/24`)].map((all) => all.map(name));
      expect(one?.join() === two?.join()).toBe(a === b);
    }),
    { numRuns: 30 },
  );
  for (const command of of('10.0.1.0/24', `d${'b'.repeat(29)}`))
    expect(name(command)).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
});
