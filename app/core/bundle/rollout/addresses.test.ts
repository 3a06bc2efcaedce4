import { expect, test } from 'vitest';
import { type Client, defaultClient, defaultPlan, generate, type Plan, parsePlan } from '../../index.ts';

const LIBPQ_FILES = ['clients/verify.sh', 'clients/pg_service.conf', 'clients/connection-strings.md'];

function plan(pattern: 'direct' | 'vpn' | 'private' | 'bastion', change: (start: Plan) => Partial<Plan> = () => ({})) {
  const start = defaultPlan(pattern);
  const parsed = parsePlan({ ...start, ...change(start) });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

const fileOf = (of: Plan, path: string): string => generate(of).files.find((file) => file.path === path)?.content ?? '';

/** The values of a keyword in the files that libpq reads, without quotes. */
const values = (of: Plan, key: string): string[] => [
  ...new Set(
    LIBPQ_FILES.flatMap((path) =>
      [...fileOf(of, path).matchAll(new RegExp(`\\b${key}=([^ \\n]+)`, 'g'))].map(([, value = '']) =>
        value.replaceAll(/['"\\]/g, ''),
      ),
    ),
  ),
];

const client = (via: Client['via'], sources: string[], change: Partial<Client> = {}): Client => ({
  ...defaultClient(via),
  sources,
  ...change,
});

test('a VPN client gets each address at which PostgreSQL listens in the tunnel, with the name that the certificate has', () => {
  const vpn = plan('vpn');
  expect(values(vpn, 'hostaddr')).toEqual(['10.8.0.1,fd00:8::1']);
  expect(values(vpn, 'host')).toEqual(['db.example.com,db.example.com']);
  for (const path of LIBPQ_FILES) expect(fileOf(vpn, path), path).toContain('hostaddr');
  const strings = fileOf(vpn, 'clients/connection-strings.md');
  expect(strings).toContain('host: "10.8.0.1"');
  expect(strings).toContain('servername: "db.example.com"');
  expect(strings).toContain('For JDBC, Npgsql and pgx, db.example.com must resolve to 10.8.0.1, fd00:8::1');
});

test('only addresses of a family that the client has', () => {
  const four = plan('vpn', () => ({ clients: [client('vpn', ['10.8.0.0/24'])] }));
  expect(values(four, 'hostaddr')).toEqual(['10.8.0.1']);
  expect(values(four, 'host')).toEqual(['db.example.com']);
  const six = plan('vpn', () => ({ clients: [client('vpn', ['fd00:8::/64'])] }));
  expect(values(six, 'hostaddr')).toEqual(['fd00:8::1']);
});

test('the hosts file is recommended only if the tunnel does not find its gateway by the same name', () => {
  const same = fileOf(plan('vpn'), 'clients/connection-strings.md');
  expect(same).toContain('replace the name with the public address of the gateway');
  expect(same).not.toContain('or to the hosts file of the client');
  const another = plan('vpn', ({ network }) => ({
    network:
      network.pattern === 'vpn'
        ? { ...network, gateway: { ...network.gateway, endpoint: 'vpn.example.com' } }
        : network,
  }));
  expect(fileOf(another, 'clients/connection-strings.md')).toContain('or to the hosts file of the client');
});

test('behind a separate gateway it is the address in the network of the server', () => {
  const separate = plan('vpn', ({ server, network }) => ({
    server: { ...server, addresses: { public: [], private: ['10.0.2.10'], vpn: [] } },
    network:
      network.pattern === 'vpn'
        ? {
            ...network,
            gateway: {
              ...network.gateway,
              placement: 'separate',
              endpoint: 'vpn.example.com',
              addresses: ['10.8.0.1'],
              privateAddresses: ['10.0.2.1'],
            },
          }
        : network,
    clients: [client('vpn', ['10.8.0.0/24'])],
  }));
  expect(values(separate, 'hostaddr')).toEqual(['10.0.2.10']);
});

test('a private client gets the address if the name also has a public address', () => {
  const both = (addresses: string[]) =>
    plan('private', ({ server, clients }) => ({
      server: { ...server, addresses: { ...server.addresses, public: addresses } },
      clients: [
        ...clients,
        ...(addresses.length === 0
          ? []
          : [client('public', ['198.51.100.0/28'], { name: 'partner', roles: ['partner'] })]),
      ],
    }));
  expect(values(both(['203.0.113.10']), 'hostaddr')).toEqual(['10.0.2.10,fd00:0:0:2::10']);
  expect(values(both([]), 'hostaddr')).toEqual([]);
});

test('other clients get none: the name is enough, or there is no name', () => {
  expect(values(plan('direct'), 'hostaddr')).toEqual([]);
  expect(values(plan('bastion'), 'hostaddr')).toEqual(['127.0.0.1']);
  const nameless = plan('vpn', ({ server, clients }) => ({
    server: { ...server, name: null },
    clients: clients.map((one) => ({ ...one, verify: 'ca' as const })),
  }));
  expect(values(nameless, 'hostaddr')).toEqual([]);
});
