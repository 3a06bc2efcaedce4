import { describe, expect, test } from 'vitest';
import { defaultClient, defaultPlan, generate, type Pattern, type Plan } from '../../index.ts';

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

test.each(patterns)('%s: SSH is allowed before anything is denied or ufw is enabled', (pattern) => {
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

test("the deny rule is added before the clients' rules, which are then inserted before it", () => {
  const script = text(defaultPlan('direct'), UFW);
  expect(script.indexOf('put_first deny proto tcp to any port 5432')).toBeLessThan(script.indexOf('put_first allow'));
});

test('a plan without IPv6 does not require it of ufw', () => {
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
  expect(text(defaultPlan('vpn'), UFW)).toContain("ufw allow proto udp to any port 51820 comment 'postern tunnel'");
  expect(text(defaultPlan('direct'), UFW)).not.toContain('proto udp');
});

test('a pair that two clients share is opened once', () => {
  const plan = defaultPlan('direct');
  plan.clients = plan.clients.flatMap((client) => [client, { ...client, name: 'second' }]);
  const opened = text(plan, UFW).match(/^put_first allow .*$/gm) ?? [];
  expect(new Set(opened).size).toBe(opened.length);
  expect(opened).toHaveLength(2);
});

test('iptables drops the port for a family without clients', () => {
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

test('a container gets rules where its packets pass, and a plan without a firewall gets none', () => {
  const script = text(on(defaultPlan('direct'), 'ufw', 'docker'), DOCKER_USER);
  expect(script).toContain(
    '-A POSTERN-DOCKER -s 198.51.100.0/28 -p tcp -m conntrack --ctstate DNAT --ctdir ORIGINAL --ctorigdstport 5432 --ctorigdst 203.0.113.10 -j RETURN',
  );
  expect(script).toContain(
    '-A POSTERN-DOCKER -o br-+ -p tcp --dport 5432 -m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT -j DROP',
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

describe('the other machines', () => {
  const proxied = (kind: Plan['firewall']['kind'], rateLimit: number | null = null): Plan => {
    const plan = defaultPlan('bastion');
    if (plan.network.pattern !== 'bastion') throw new Error('a bastion was asked for');
    return {
      ...plan,
      network: { ...plan.network, proxy: { kind: 'haproxy', port: 6000 } },
      firewall: { kind, rateLimit, sources: null },
    };
  };
  const reporting = (kind: Plan['firewall']['kind'], platform: Plan['server']['platform'] = 'debian'): Plan => {
    const plan = on(defaultPlan('private'), kind, platform);
    if (plan.network.pattern !== 'private') throw new Error('a private network was asked for');
    return {
      ...plan,
      network: { ...plan.network, replicas: [{ name: 'r1.example.com', addresses: ['10.0.2.20'] }] },
      clients: [
        ...plan.clients,
        {
          ...defaultClient('private'),
          name: 'reports',
          roles: ['reports'],
          sources: ['10.0.3.0/24'],
          endpoint: 'replica',
        },
      ],
    };
  };
  const separate = (kind: Plan['firewall']['kind']): Plan => {
    const plan = on(defaultPlan('vpn'), kind);
    if (plan.network.pattern !== 'vpn') throw new Error('a tunnel was asked for');
    return {
      ...plan,
      server: { ...plan.server, addresses: { public: [], private: ['10.0.2.10'], vpn: [] } },
      network: {
        ...plan.network,
        gateway: {
          ...plan.network.gateway,
          placement: 'separate',
          addresses: ['10.8.0.1'],
          privateAddresses: ['10.0.2.1'],
        },
      },
      clients: plan.clients.map((client) => ({ ...client, sources: ['10.8.0.0/24'] })),
    };
  };

  test('a replica opens its port for the clients that connect to it, and for nobody else', () => {
    const opened = text(reporting('ufw'), 'replicas/r1-example-com/firewall/ufw.sh').match(/^put_first .*$/gm);
    expect(opened).toEqual([
      "put_first deny proto tcp to any port 5432 comment 'postern postgresql: everyone else'",
      "put_first allow proto tcp from 10.0.3.0/24 to 10.0.2.20 port 5432 comment 'postern postgresql: reports'",
    ]);
    expect(text(reporting('ufw'), UFW)).not.toContain('10.0.3.0/24');
  });

  test('the replica in a container and the plan without a firewall have no rules for it, and a finding says so', () => {
    for (const plan of [reporting('ufw', 'docker'), reporting('none')]) {
      const { files, findings } = generate(plan);
      expect(files.filter(({ path }) => /^replicas.*firewall/.test(path))).toEqual([]);
      expect(findings.map(({ id }) => id)).toContain('replica-firewall');
    }
    expect(generate(reporting('ufw')).findings.map(({ id }) => id)).not.toContain('replica-firewall');
  });

  test.each(['ufw', 'nftables', 'iptables', 'firewalld'] as const)(
    'with %s the bastion opens the port of its proxy for the clients, and blocks nobody from its SSH port',
    (kind) => {
      const rules = generate(proxied(kind)).files.filter(({ path }) => path.startsWith('bastion/firewall/'));
      const all = rules.map(({ content }) => content).join('\n');
      expect(all).toContain('198.51.100.0/28');
      expect(all).toMatch(/dport 6000|port 6000|port="6000"/);
      expect(all).not.toMatch(/(deny|drop|DROP|<drop\/>).*\b22\b|\b22\b.*(deny|drop|DROP|<drop\/>)/);
    },
  );

  test('a bastion without a proxy has no port except SSH, so it gets no firewall', () => {
    const paths = generate(on(defaultPlan('bastion'), 'ufw')).files.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('bastion/firewall/'))).toEqual([]);
  });

  test.each(['ufw', 'nftables', 'iptables', 'firewalld'] as const)(
    'with %s the gateway opens the port of its tunnel to everyone and blocks nothing',
    (kind) => {
      const all = generate(separate(kind))
        .files.filter(({ path }) => path.startsWith('vpn-gateway/firewall/') && !path.endsWith('-undo.sh'))
        .map(({ content }) => content.replace(/^#.*$/gm, ''))
        .join('\n');
      expect(all).toMatch(/51820.*(accept|ACCEPT)|allow proto udp to any port 51820/);
      expect(all).not.toMatch(/^\s*(drop|put_first deny)|-j DROP|<drop\/>/m);
    },
  );

  test('enabling ufw through the plan preserves SSH access and what the gateway forwards', () => {
    const script = text(separate('ufw'), 'vpn-gateway/firewall/ufw.sh');
    const enable = script.indexOf('\nufw --force enable');
    for (const kept of ['ufw default allow routed', 'keep_open proto tcp to any port "$port"'])
      expect(script.slice(0, enable)).toContain(kept);
  });

  test('next to ufw and firewalld a separate table counts new connections where the port faces the internet', () => {
    for (const kind of ['ufw', 'firewalld'] as const) {
      expect(text(proxied(kind, 60), 'bastion/firewall/postern-rate.nft')).toContain('limit rate over 60/minute');
      expect(fileOf(proxied(kind), 'bastion/firewall/postern-rate.nft')).toBeUndefined();
      const direct = { ...on(defaultPlan('direct'), kind), firewall: { kind, rateLimit: 60, sources: null } };
      expect(text(direct, 'database-server/firewall/postern-rate.nft')).toContain('@tcp_5432_from_0_0');
      expect(generate(direct).findings.map(({ id }) => id)).not.toContain('rate-limit');
    }
    // Only the server's private address is reachable from the bastion.
    expect(fileOf(proxied('ufw', 60), 'database-server/firewall/postern-rate.nft')).toBeUndefined();
  });

  test('Windows Defender Firewall is for Windows only, and the file says that it cannot count connections', () => {
    const plan = defaultPlan('direct');
    const windows: Plan = {
      ...on(plan, 'windows', 'windows'),
      firewall: { kind: 'windows', rateLimit: 60, sources: null },
    };
    expect(text(windows, 'database-server/firewall/windows-firewall.ps1')).toContain(
      "-RemoteAddress '198.51.100.0/28'",
    );
    expect(generate(windows).findings.map(({ id }) => id)).toContain('rate-limit');
    const { files, findings } = generate(on(plan, 'windows', 'debian'));
    expect(files.filter(({ path }) => path.includes('/firewall/'))).toEqual([]);
    expect(findings.map(({ id }) => id)).toContain('firewall-platform');
  });
});
