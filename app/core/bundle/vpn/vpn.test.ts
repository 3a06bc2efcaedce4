import { expect, test } from 'vitest';
import { defaultPlan, generate, type Peer, type Plan } from '../../index.ts';
import type { VpnNetwork } from '../../plan/schema.ts';

const KEY = 'HH2dxTEyu942Jk+wfXrDzvmw4aCF6Th0Fa5urkkehm4=';

const laptop: Peer = {
  name: 'laptop',
  addresses: ['10.8.0.2', 'fd00:8::2'],
  networks: [],
  endpoint: null,
  publicKey: KEY,
};
const site: Peer = {
  name: 'Büro "Nord"',
  addresses: ['10.8.0.3', 'fd00:8::3'],
  networks: ['192.168.5.0/24', 'fd00:55::/64'],
  endpoint: { host: '2001:db8:9::1', port: 51821 },
  publicKey: KEY,
};

function plan(peers: Peer[], gateway: Partial<VpnNetwork['gateway']> = {}): Plan {
  const start = defaultPlan('vpn');
  if (start.network.pattern !== 'vpn') throw new Error('the default of vpn is a vpn');
  return {
    ...start,
    network: { ...start.network, peers, gateway: { ...start.network.gateway, publicKey: KEY, ...gateway } },
  };
}

function separate(peers: Peer[]): Plan {
  const made = plan(peers, {
    placement: 'separate',
    endpoint: '2001:db8:5::1',
    addresses: ['10.8.0.1', 'fd00:8::1'],
    privateAddresses: ['10.0.2.1', 'fd00:0:0:2::1'],
  });
  return {
    ...made,
    server: { ...made.server, addresses: { public: [], private: ['10.0.2.10', 'fd00:0:0:2::10'], vpn: [] } },
  };
}

function text(of: Plan, path: string): string {
  const file = generate(of).files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`the bundle has no ${path}`);
  return file.content;
}

const value = (content: string, name: string) =>
  (content.match(new RegExp(`^${name} = .*$`, 'gm')) ?? []).map((line) => line.slice(name.length + 3));

test('no file of a tunnel contains a private key, and every configuration loads it from its own machine', () => {
  for (const of of [plan([laptop, site]), separate([laptop, site])]) {
    const files = generate(of).files.filter(({ path }) => path.endsWith('/postern.conf') && !path.includes('conf.d'));
    expect(files).toHaveLength(3);
    for (const file of files) {
      expect(file.mode).toBe(0o600);
      expect(file.target).toBe('/etc/wireguard/postern.conf');
      expect(file.content).not.toMatch(/^PrivateKey/m);
      expect(value(file.content, 'PostUp')).toEqual(['wg set %i private-key /etc/wireguard/postern.key']);
    }
  }
});

test('the gateway accepts from each peer only its own addresses and the networks behind it', () => {
  const gateway = text(plan([laptop, site]), 'database-server/wireguard/postern.conf');
  expect(value(gateway, 'AllowedIPs')).toEqual([
    '10.8.0.2/32, fd00:8::2/128',
    '10.8.0.3/32, fd00:8::3/128, 192.168.5.0/24, fd00:55::/64',
  ]);
  expect(value(gateway, 'Address')).toEqual(['10.8.0.1/24, fd00:8::1/64']);
  expect(value(gateway, 'Endpoint')).toEqual(['[2001:db8:9::1]:51821']);
});

test('a peer sends only traffic for the database into the tunnel', () => {
  expect(value(text(plan([laptop]), 'vpn-peers/laptop/postern.conf'), 'AllowedIPs')).toEqual([
    '10.8.0.1/32, fd00:8::1/128',
  ]);
  expect(value(text(separate([laptop]), 'vpn-peers/laptop/postern.conf'), 'AllowedIPs')).toEqual([
    '10.0.2.10/32, fd00:0:0:2::10/128, 10.8.0.1/32, fd00:8::1/128',
  ]);
});

test('a peer that nobody can connect to keeps its NAT mapping alive; one that is connected to listens', () => {
  const [called, calling] = ['buro-nord', 'laptop'].map((slug) =>
    text(separate([laptop, site]), `vpn-peers/${slug}/postern.conf`),
  );
  expect(calling).toContain('PersistentKeepalive = 25');
  expect(calling).not.toContain('ListenPort');
  expect(called).toContain('ListenPort = 51821');
  expect(value(called ?? '', 'Endpoint')).toEqual(['[2001:db8:5::1]:51820']);
});

test('a peer without a key is left out of the gateway without affecting the others', () => {
  const gateway = text(plan([{ ...laptop, publicKey: null }, site]), 'database-server/wireguard/postern.conf');
  expect(value(gateway, 'PublicKey')).toEqual([KEY]);
  expect(gateway).toContain(
    '#[Peer]\n#PublicKey = the answer of make-key.sh on laptop\n#AllowedIPs = 10.8.0.2/32, fd00:8::2/128',
  );
});

test('a separate gateway forwards the flows of the plan to the database and drops the rest, in both families', () => {
  const script = text(separate([laptop, site]), 'vpn-gateway/postern-forward.sh');
  const rules = script.match(/^-A POSTERN-TUNNEL .*$/gm) ?? [];
  expect(rules).toContain('-A POSTERN-TUNNEL -i postern -s 10.8.0.0/24 -d 10.0.2.10 -p tcp --dport 5432 -j ACCEPT');
  expect(rules).toContain(
    '-A POSTERN-TUNNEL -i postern -s fd00:8::/64 -d fd00:0:0:2::10 -p tcp --dport 5432 -j ACCEPT',
  );
  expect(rules.some((rule) => rule.includes('198.51.100.0/28'))).toBe(false);
  expect(rules.filter((rule) => rule === '-A POSTERN-TUNNEL -j DROP')).toHaveLength(2);
});

test('the database server replies to the tunnel and the sites through the gateway of the same family', () => {
  expect(text(separate([laptop, site]), 'database-server/route-to-tunnel.sh').match(/^ip .*$/gm)).toEqual([
    'ip -4 route replace 10.8.0.0/24 via 10.0.2.1',
    'ip -6 route replace fd00:8::/64 via fd00:0:0:2::1',
    'ip -4 route replace 192.168.5.0/24 via 10.0.2.1',
    'ip -6 route replace fd00:55::/64 via fd00:0:0:2::1',
  ]);
});

test('only machines that forward packets enable forwarding', () => {
  const forwarding = (of: Plan) =>
    generate(of).files.flatMap(({ path }) => (path.endsWith('/sysctl.conf') ? [path] : []));
  expect(forwarding(plan([laptop]))).toEqual([]);
  expect(forwarding(plan([laptop, site]))).toEqual(['vpn-peers/buro-nord/sysctl.conf']);
  expect(forwarding(separate([laptop]))).toEqual(['vpn-gateway/sysctl.conf']);
});

test('services that listen in the tunnel start after it', () => {
  const of = (platform: Plan['server']['platform']) => {
    const start = plan([laptop]);
    return generate({ ...start, server: { ...start.server, platform } }).files.find(({ path }) =>
      path.endsWith('-after-tunnel.conf'),
    )?.target;
  };
  expect(of('debian')).toBe('/etc/systemd/system/postgresql@18-main.service.d/postern-after-tunnel.conf');
  expect(of('docker')).toBe('/etc/systemd/system/docker.service.d/postern-after-tunnel.conf');
  expect(of('windows')).toBeUndefined();
});
