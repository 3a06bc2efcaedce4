import { describe, expect, it, test } from 'vitest';
import { defaultPlan } from '../../plan/defaults.ts';
import { parsePlan } from '../../plan/parse.ts';
import type { Pattern, Plan } from '../../plan/schema.ts';
import { generate } from '../generate.ts';

function jailed(pattern: Pattern, sources: string[], maxRetry = 5, change: (plan: Plan) => object = () => ({})): Plan {
  const start = defaultPlan(pattern);
  const path = pattern === 'bastion' ? 'bastion' : 'ssh';
  const parsed = parsePlan({
    ...start,
    monitoring: { ...start.monitoring, fail2ban: 'file', maxRetry },
    administration: { ...start.administration, people: [{ name: 'Ada', sources, path }] },
    ...change(start),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

const ignored = (plan: Plan): string[] => {
  const jail = generate(plan).files.find(({ path }) => path.endsWith('/jail.conf'))?.content ?? '';
  return /^ignoreip = (.*)$/m.exec(jail)?.[1]?.split(' ') ?? [];
};
const found = (plan: Plan): string[] => generate(plan).findings.map(({ id }) => id);

describe('addresses that the jail never bans', () => {
  it.each([
    ['a single address, also inside a network of clients', 'direct', '198.51.100.5', true],
    ['a single IPv6 address', 'direct', '2001:db8:20::5', true],
    ['a network without clients', 'direct', '192.0.2.0/24', true],
    ['part of a network of clients', 'direct', '198.51.100.0/30', true],
    ['a whole network of clients', 'direct', '198.51.100.0/28', false],
    ['a network around that of clients', 'direct', '198.51.0.0/16', false],
    ['everyone', 'direct', '0.0.0.0/0', false],
    ['an office outside the tunnel', 'vpn', '198.51.100.0/28', true],
    ['the tunnel', 'vpn', '10.8.0.0/24', false],
  ] as const)('%s', (_, pattern, source, exempt) => {
    const plan = jailed(pattern, [source]);
    expect(ignored(plan).includes(source)).toBe(exempt);
    expect(found(plan).includes('administrator-counted')).toBe(!exempt);
  });

  test('the server itself, and replicas, which reconnect every few seconds', () => {
    const plan = jailed('private', ['10.0.0.5'], 5, ({ network }) => ({
      network: { ...network, replicas: [{ name: 'replica.example.com', addresses: ['10.0.2.20', 'fd00:0:0:2::20'] }] },
    }));
    expect(ignored(plan)).toEqual(
      expect.arrayContaining(['127.0.0.0/8', '::1', '10.0.2.10', 'fd00:0:0:2::10', '10.0.2.20', 'fd00:0:0:2::20']),
    );
  });
});

describe('verify.sh and the number of failures until a ban', () => {
  const kit = (plan: Plan) => generate(plan).files.find(({ path }) => path === 'clients/verify.sh')?.content ?? '';

  it.each([
    [6, true],
    [7, false],
  ])('at %i failures', (maxRetry, pauses) => {
    const plan = jailed('direct', ['192.0.2.1'], maxRetry);
    expect(found(plan).includes('kit-pauses')).toBe(pauses);
    expect(kit(plan)).toContain(`allowed=${maxRetry - 1}\n`);
  });

  it('does not start if the first failure causes a ban, unless the address is exempt', () =>
    expect(kit(jailed('direct', ['192.0.2.1'], 1))).toMatch(/A single one is a ban[\s\S]*?\n {4}exit 2\n {2}fi/));

  it('does not mention fail2ban if nothing is banned, or everyone connects through a bastion', () => {
    for (const plan of [defaultPlan('direct'), jailed('bastion', ['192.0.2.1'])])
      expect(kit(plan)).not.toContain('--exempt');
  });
});
