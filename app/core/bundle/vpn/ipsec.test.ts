import { expect, test } from 'vitest';
import { defaultPlan, deriveAccess, generate, type Peer, type Plan, parsePlan } from '../../index.ts';
import type { VpnNetwork } from '../../plan/schema.ts';

const laptop: Peer = {
  name: 'laptop',
  addresses: ['10.8.0.2', 'fd00:8::2'],
  networks: [],
  endpoint: null,
  publicKey: null,
};
const site: Peer = {
  name: 'Büro "Nord"',
  addresses: ['10.8.0.3'],
  networks: ['192.168.5.0/24'],
  endpoint: { host: '198.51.100.9', port: 500 },
  publicKey: null,
};
const software = {
  certificate: { kind: 'strongswan', authentication: 'certificate' },
  psk: { kind: 'strongswan', authentication: 'psk' },
  azure: {
    kind: 'azure',
    format: 'cli',
    resourceGroup: 'shop',
    location: 'westeurope',
    virtualNetwork: 'shop-network',
    gatewaySubnet: '10.0.255.0/27',
  },
} as const satisfies Record<string, VpnNetwork['software']>;

interface Changes {
  readonly peers?: Peer[];
  readonly separate?: boolean;
  readonly network?: Partial<VpnNetwork>;
  readonly gateway?: Partial<VpnNetwork['gateway']>;
}

function plan(
  kind: keyof typeof software,
  { peers = [laptop, site], separate = false, network, gateway }: Changes = {},
): Plan {
  const start = defaultPlan('vpn');
  if (start.network.pattern !== 'vpn') throw new Error('the default of vpn is a vpn');
  return {
    ...start,
    server: {
      ...start.server,
      addresses: separate ? { public: [], private: ['10.0.2.10', 'fd00:0:0:2::10'], vpn: [] } : start.server.addresses,
    },
    network: {
      ...start.network,
      software: software[kind],
      peers,
      gateway: {
        ...start.network.gateway,
        port: 500,
        ...(separate
          ? {
              placement: 'separate',
              addresses: ['10.8.0.1', 'fd00:8::1'],
              privateAddresses: ['10.0.2.1', 'fd00:0:0:2::1'],
            }
          : {}),
        ...gateway,
      },
      ...network,
    },
  };
}

const azure = (changes: Changes = {}): Plan =>
  plan('azure', {
    separate: true,
    peers: [site],
    ...changes,
    gateway: { endpoint: '203.0.113.77', addresses: [], privateAddresses: [], ...changes.gateway },
  });

const refusals = (of: Plan): string[] => {
  const parsed = parsePlan(of);
  return parsed.ok ? [] : parsed.issues.map(({ path, id }) => `${path}: ${id}`);
};

const text = (of: Plan, path: string): string => {
  const file = generate(of).files.find((one) => one.path === path);
  if (!file) throw new Error(`the bundle has no ${path}`);
  return file.content;
};

test.each(['certificate', 'psk', 'azure'] as const)(
  'no file of %s contains a key, and swanctl.conf is readable by root only',
  (kind) => {
    const { files } = generate(kind === 'azure' ? azure() : plan(kind));
    const ends = files.filter(({ path }) => path.endsWith('/swanctl.conf'));
    expect(ends.length).toBe(kind === 'azure' ? 1 : 3);
    for (const { mode } of ends) expect(mode).toBe(0o600);
    for (const { path, content } of files) {
      expect(content, path).not.toMatch(/BEGIN (EC )?PRIVATE KEY|secret = "[A-Za-z0-9+/]{20}/);
      expect(content, path).not.toMatch(/^secrets \{/m);
    }
  },
);

test('a gateway opens only the two ports of IPsec, and one that Azure runs gets no file at all', () => {
  const tunnel = (of: Plan) =>
    deriveAccess(of)
      .flows.filter(({ service }) => service === 'ipsec')
      .map(({ port, protocol }) => `${protocol} ${port}`);
  expect(tunnel(plan('psk'))).toEqual(['udp 500', 'udp 4500']);
  expect(text(plan('psk'), 'database-server/firewall/ufw.sh')).toMatch(
    /udp to any port 500 .*\n(.*\n)*?.*udp to any port 4500 /,
  );
  expect(generate(plan('psk', { separate: true })).files.some(({ machine }) => machine === 'vpn-gateway')).toBe(true);
  const cloud = {
    provider: 'azure',
    format: 'cli',
    resourceGroup: 'shop',
    location: 'westeurope',
    groupName: 'db',
    firstPriority: 1000,
    sources: null,
  } as const;
  const managed = generate({ ...azure(), cloud });
  expect(managed.files.filter(({ machine }) => machine === 'vpn-gateway')).toEqual([]);
  expect(managed.files.find(({ path }) => path.endsWith('network-security-groups.sh'))?.content).not.toContain(
    'db-gateway',
  );
});

test('a key never passes to another peer because the plan changed: identities are derived from the names', () => {
  const ids = (of: Plan) => text(of, 'database-server/strongswan/swanctl.conf').match(/id = .*\.peer\..*/g);
  const twin: Peer = { ...laptop, name: 'Läptop', addresses: ['10.8.0.9'] };
  const [first, second] = ids(plan('psk', { peers: [laptop, twin] })) ?? [];
  expect(first).not.toBe(second);
  expect(ids(plan('psk', { peers: [twin] }))).toEqual([second]);
});

test('a machine is assigned its own address, a site keeps its own', () => {
  const gateway = text(plan('certificate'), 'database-server/strongswan/swanctl.conf');
  expect(gateway).toContain('pools = postern-laptop-1, postern-laptop-2');
  expect(gateway.match(/(?<=\{ )addrs = .*/g)).toEqual(['addrs = 10.8.0.2/32 }', 'addrs = fd00:8::2/128 }']);
  expect(text(plan('certificate'), 'vpn-peers/laptop/swanctl.conf')).toContain('vips = 10.8.0.2, fd00:8::2');
  expect(text(plan('certificate'), 'vpn-peers/buro-nord/swanctl.conf')).not.toContain('vips');
  expect(text(plan('certificate'), 'vpn-peers/buro-nord/postern-tunnel.sh')).toContain(
    'ip address replace 10.8.0.3/32 dev lo',
  );
});

test('the MTU of the plan is set on the routes of both sides', () => {
  const sized = plan('psk', { separate: true, network: { mtu: 1380 } });
  expect(text(sized, 'vpn-gateway/strongswan-mtu.conf')).toContain('mtu = 1380');
  expect(text(sized, 'vpn-peers/strongswan-mtu.conf')).toContain('mtu = 1380');
  expect(text(sized, 'database-server/route-to-tunnel.sh')).toMatch(
    /ip -4 route replace 10\.8\.0\.0\/24 via 10\.0\.2\.1 mtu 1380/,
  );
  expect(generate(plan('psk')).files.some(({ path }) => path.endsWith('strongswan-mtu.conf'))).toBe(false);
});

test('what the software does not support is rejected at its answer', () => {
  expect(refusals(plan('psk'))).toEqual([]);
  expect(refusals(plan('psk', { gateway: { port: 51820 } }))).toEqual(['network.gateway.port: vpn.ikePort']);
  expect(refusals(plan('psk', { peers: [{ ...site, endpoint: { host: '198.51.100.9', port: 51820 } }] }))).toEqual([
    'network.peers.0.endpoint.port: vpn.ikePort',
  ]);
  const windows = plan('certificate');
  expect(
    refusals({
      ...windows,
      server: { ...windows.server, platform: 'windows' },
      firewall: { ...windows.firewall, kind: 'none' },
    }),
  ).toContain('network.gateway.placement: vpn.linux');
});

test('what Azure does not support is rejected at its answer', () => {
  const sources = (of: Plan): Plan => ({
    ...of,
    clients: of.clients.map((client) => ({ ...client, sources: ['192.168.5.0/24'] })),
  });
  const refused = (changes: Changes) => refusals(sources(azure(changes)));
  expect(refused({})).toEqual([]);
  expect(refused({ peers: [{ ...site, endpoint: null }] })).toEqual(['network.peers.0.endpoint: azure.endpoint']);
  expect(refused({ peers: [{ ...site, networks: ['192.168.5.0/24', 'fd00:5::/64'] }] })).toEqual([
    'network.peers.0.networks.1: azure.ipv4',
  ]);
  const subnet = (gatewaySubnet: string) => refused({ network: { software: { ...software.azure, gatewaySubnet } } });
  expect(subnet('10.0.255.0/28')).toEqual(['network.software.gatewaySubnet: azure.subnetSize']);
  expect(subnet('10.0.2.0/27')).toEqual(['network.software.gatewaySubnet: azure.subnetOwn']);
  expect(subnet('192.168.5.0/27')).toEqual(['network.software.gatewaySubnet: network.overlap']);
});

test('every tunnel has a worksheet with a row for each end', () => {
  for (const of of [plan('certificate'), plan('psk'), azure()]) {
    const sheet = text(of, 'your-machine/key-exchange.md');
    expect(sheet).toContain('| Büro "Nord" |');
    expect(sheet).toMatch(/read.*aloud/);
  }
});
