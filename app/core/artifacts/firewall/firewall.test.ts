import { expect, test } from 'vitest';
import { defaultPlan, generate, type Pattern, type Plan } from '../../index.ts';

const fileOf = (plan: Plan, path: string): string | undefined =>
  generate(plan).files.find((file) => file.path === path)?.content;

function text(plan: Plan, path: string): string {
  const content = fileOf(plan, path);
  if (content === undefined) throw new Error(`the bundle has no ${path}`);
  return content;
}

const patterns: Pattern[] = ['direct', 'vpn', 'private', 'bastion'];
const on = (plan: Plan, kind: Plan['firewall']['kind'], platform: Plan['server']['platform'] = 'debian'): Plan => ({
  ...plan,
  server: { ...plan.server, platform },
  firewall: { ...plan.firewall, rateLimit: null, kind },
});
const UFW = 'database-server/firewall/ufw.sh';
const IPTABLES = 'database-server/firewall/iptables.sh';
const DOCKER_USER = 'database-server/firewall/docker-user.sh';

test.each(patterns)('%s: SSH is allowed before anything is denied or ufw is switched on', (pattern) => {
  const script = text(on(defaultPlan(pattern), 'ufw'), UFW);
  const ssh = script.lastIndexOf('\nkeep_open proto tcp');
  expect(ssh).toBeGreaterThan(0);
  expect(script.indexOf('\nput_first deny')).toBeGreaterThan(ssh);
  expect(script.indexOf('\nufw --force enable')).toBeGreaterThan(ssh);
});

test.each(patterns)('%s: both families are opened, each to addresses of its own family', (pattern) => {
  const opened = text(on(defaultPlan(pattern), 'ufw'), UFW).match(/^put_first allow .*$/gm) ?? [];
  const pairs = opened.map((line) =>
    / from (\S+) to (\S+) /
      .exec(line)
      ?.slice(1)
      .map((side) => side.includes(':')),
  );
  expect(pairs).toContainEqual([true, true]);
  expect(pairs).toContainEqual([false, false]);
  expect(pairs.every((pair) => pair?.[0] === pair?.[1])).toBe(true);
});

test('the refusal goes in before the clients, which are then put before it', () => {
  const script = text(defaultPlan('direct'), UFW);
  expect(script.indexOf('put_first deny proto tcp to any port 5432')).toBeLessThan(script.indexOf('put_first allow'));
});

test('a plan without IPv6 does not ask ufw for it', () => {
  const plan = defaultPlan('direct');
  const only4 = (texts: readonly string[]) => texts.filter((entry) => !entry.includes(':'));
  plan.clients = plan.clients.map((client) => ({ ...client, sources: only4(client.sources) }));
  plan.administration.people = plan.administration.people.map((person) => ({
    ...person,
    sources: only4(person.sources),
  }));
  expect(text(plan, UFW)).not.toContain('IPV6=yes');
  expect(text(defaultPlan('direct'), UFW)).toContain('IPV6=yes');
});

test('the tunnel is open to everyone where it ends on the server, and nowhere else', () => {
  expect(text(defaultPlan('vpn'), UFW)).toContain("ufw allow proto udp to any port 51820 comment 'postern wireguard'");
  expect(text(defaultPlan('direct'), UFW)).not.toContain('proto udp');
});

test('a pair that two clients share is opened once', () => {
  const plan = defaultPlan('direct');
  plan.clients = plan.clients.flatMap((client) => [client, { ...client, name: 'second' }]);
  const opened = text(plan, UFW).match(/^put_first allow .*$/gm) ?? [];
  expect(new Set(opened).size).toBe(opened.length);
  expect(opened).toHaveLength(2);
});

test('iptables drops the port for a family without any client', () => {
  const plan = on(defaultPlan('direct'), 'iptables');
  plan.clients = plan.clients.map((client) => ({ ...client, sources: ['198.51.100.0/28'] }));
  const [, v6 = ''] = text(plan, IPTABLES).split('ip6tables-restore');
  expect(v6).toContain('-A POSTERN -p tcp --dport 5432 -j DROP');
  expect(v6).not.toMatch(/-s \S+ -d \S+ -p tcp --dport 5432/);
});

test('in the iptables chain, SSH comes first and the drop comes last', () => {
  const rules = text(on(defaultPlan('bastion'), 'iptables'), IPTABLES).match(/^-A POSTERN .*$/gm) ?? [];
  const half = rules.slice(0, rules.length / 2);
  expect(half[0]).toContain('--dport 22 -j ACCEPT');
  expect(half.at(-1)).toBe('-A POSTERN -p tcp --dport 5432 -j DROP');
  expect(half.filter((rule) => rule.endsWith('DROP'))).toHaveLength(1);
});

test('through a bastion, PostgreSQL is open to the bastion only', () => {
  const opened = text(defaultPlan('bastion'), UFW).match(/^put_first allow .*$/gm) ?? [];
  expect(opened.map((line) => / from (\S+) /.exec(line)?.[1])).toEqual(['10.0.2.5', 'fd00:0:0:2::5']);
});

test('a container gets rules where its packets pass, and no plan without a firewall does', () => {
  const script = text(on(defaultPlan('direct'), 'ufw', 'docker'), DOCKER_USER);
  expect(script).toContain(
    '-A POSTERN-DOCKER -s 198.51.100.0/28 -p tcp -m conntrack --ctstate DNAT --ctdir ORIGINAL --ctorigdstport 5432 --ctorigdst 203.0.113.10 -j RETURN',
  );
  expect(fileOf(on(defaultPlan('direct'), 'none', 'docker'), DOCKER_USER)).toBeUndefined();
  expect(fileOf(on(defaultPlan('direct'), 'ufw'), DOCKER_USER)).toBeUndefined();
});

test.each(['windows', 'macos'] as const)('%s has neither ufw nor iptables', (platform) => {
  for (const kind of ['ufw', 'iptables'] as const) {
    const paths = generate(on(defaultPlan('direct'), kind, platform)).files.map(({ path }) => path);
    expect(paths.filter((path) => path.includes('/firewall/'))).toEqual([]);
  }
});
