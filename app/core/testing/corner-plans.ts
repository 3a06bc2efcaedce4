import { LIMITS } from '../plan/answers.ts';
import { defaultClient, defaultPlan } from '../plan/defaults.ts';
import type { Client, Pattern, Plan } from '../plan/schema.ts';

/**
 * One list of a plan, or one length of its strings, that a hostile plan can drive to its maximum. `most` is the limit
 * of the list alone; a size may require fewer.
 */
export interface Dimension {
  readonly name: string;
  readonly most: number;
  readonly set: (plan: Plan, size: number) => Plan;
}

/** Distinct entries of a list. */
const many = <T>(count: number, entry: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => entry(index));

/** Every second address is IPv6, which is longer. `block` keeps the lists apart. */
const address = (block: number, index: number): string =>
  index % 2 === 0 ? `10.${block}.0.${index + 1}` : `2001:db8:${block.toString(16)}::${(index + 1).toString(16)}`;

/** Networks of one family of which no two can be merged, so that merging saves nothing. */
const source = (index: number): string =>
  index % 2 === 0 ? `10.${(index >> 8) & 255}.${index & 255}.0/28` : `2001:db8:${index.toString(16)}:f000::/64`;

/** The same inside the tunnel, for clients of a VPN. */
const tunnelled = (index: number): string => `fd00:8::1:${index.toString(16)}:0/112`;

/** A name of a given length; the number at its end makes it unique. */
const name = (filling: string, index: number, length: number): string =>
  `${filling.repeat(Math.max(0, length - String(index).length))}${index}`;

const firstClient = (plan: Plan, change: (client: Client) => Client): Plan => ({
  ...plan,
  clients: plan.clients.map((client, index) => (index === 0 ? change(client) : client)),
});

const everyClient = (plan: Plan, change: (client: Client) => Client): Plan => ({
  ...plan,
  clients: plan.clients.map(change),
});

/** Lists of every plan. Clients come last: they multiply what the first client has. */
const ofEvery: readonly Dimension[] = [
  {
    name: 'sources',
    most: LIMITS.entries,
    set: (plan, size) =>
      firstClient(plan, (client) => ({ ...client, sources: many(size, client.via === 'vpn' ? tunnelled : source) })),
  },
  {
    name: 'roles',
    most: LIMITS.entries,
    set: (plan, size) => firstClient(plan, (client) => ({ ...client, roles: many(size, (index) => `role_${index}`) })),
  },
  {
    name: 'databases',
    most: LIMITS.entries,
    set: (plan, size) =>
      firstClient(plan, (client) => ({ ...client, databases: many(size, (index) => `database_${index}`) })),
  },
  {
    name: 'people',
    most: LIMITS.entries,
    set: (plan, size) => ({
      ...plan,
      administration: {
        ...plan.administration,
        people: many(size, (index) => ({
          name: `person ${index}`,
          sources: plan.administration.people[0]?.sources ?? [],
          path: plan.administration.people[0]?.path ?? 'ssh',
        })),
      },
    }),
  },
  {
    name: 'sources of people',
    most: LIMITS.entries,
    set: (plan, size) => ({
      ...plan,
      administration: {
        ...plan.administration,
        people: plan.administration.people.map((person) => ({ ...person, sources: many(size, source) })),
      },
    }),
  },
  {
    name: 'networks of the firewall',
    most: LIMITS.entries,
    set: (plan, size) => ({ ...plan, firewall: { ...plan.firewall, sources: many(size, source) } }),
  },
  {
    name: 'networks of the cloud',
    most: LIMITS.entries,
    set: (plan, size) => {
      const { cloud } = plan.cloud.provider === 'none' ? aws('cli')(plan) : plan;
      return { ...insideAddresses(plan), cloud: { ...cloud, sources: many(size, source) } as Plan['cloud'] };
    },
  },
  {
    name: 'public addresses',
    most: LIMITS.addresses,
    set: (plan, size) => ({
      ...plan,
      server: {
        ...plan.server,
        addresses: { ...plan.server.addresses, public: many(size, (index) => address(201, index)) },
      },
    }),
  },
  {
    name: 'private addresses',
    most: LIMITS.addresses,
    set: (plan, size) => ({
      ...plan,
      server: {
        ...plan.server,
        addresses: { ...plan.server.addresses, private: many(size, (index) => address(202, index)) },
      },
    }),
  },
  {
    name: 'notes',
    most: 4000,
    set: (plan, size) => ({ ...plan, notes: 'n'.repeat(size) }),
  },
  {
    name: 'length of names',
    most: 63,
    set: (plan, size) =>
      everyClient(plan, (client) => ({
        ...client,
        roles: client.roles.map((_, index) => name('"', index, size)),
        databases: client.databases === 'all' ? 'all' : client.databases.map((_, index) => name('_', index, size)),
      })),
  },
  {
    name: 'clients',
    most: LIMITS.clients,
    set: (plan, size) => {
      const [template = defaultClient('public')] = plan.clients;
      return { ...plan, clients: many(size, (index) => ({ ...template, name: `client ${index}` })) };
    },
  },
  {
    name: 'clients of their own roles and databases',
    most: LIMITS.clients,
    set: (plan, size) => {
      const [template = defaultClient('public')] = plan.clients;
      return {
        ...plan,
        clients: many(size, (index) => ({
          ...template,
          name: `client ${index}`,
          roles: template.roles.map((role) => `${role}_${index}`.slice(-63)),
          databases:
            template.databases === 'all' ? 'all' : template.databases.map((base) => `${base}_${index}`.slice(-63)),
        })),
      };
    },
  },
  {
    name: 'clients of other methods',
    most: LIMITS.clients,
    set: (plan, size) => {
      const [template = defaultClient('public')] = plan.clients;
      const methods: readonly Client['auth'][] = [
        { method: 'scram' },
        { method: 'gss', realm: null, includeRealm: true },
      ];
      return {
        ...plan,
        clients: many(size, (index) => ({
          ...template,
          name: `client ${index}`,
          auth: methods[index % methods.length] ?? template.auth,
          tls: index % 3 === 0 ? 'allow' : 'require',
        })),
      };
    },
  },
];

/** Lists that only a pattern has. */
const ofPattern: Readonly<Record<Pattern, readonly Dimension[]>> = {
  direct: [],
  vpn: [
    {
      name: 'tunnel networks',
      most: LIMITS.addresses,
      set: (plan, size) =>
        inNetwork(plan, 'vpn', (network) => ({
          ...network,
          tunnel: [...network.tunnel, ...many(size, (index) => `10.9.${index}.0/24`)].slice(0, Math.max(size, 2)),
        })),
    },
    {
      name: 'addresses of peers',
      most: LIMITS.addresses,
      set: (plan, size) =>
        inNetwork(plan, 'vpn', (network) => ({
          ...network,
          tunnel: ['10.8.0.0/16', 'fd00:8::/64'],
          peers: network.peers.map((peer, at) => ({
            ...peer,
            addresses: many(size, (index) => `fd00:8::${(at + 1).toString(16)}:${(index + 2).toString(16)}`),
          })),
        })),
    },
    {
      name: 'networks of peers',
      most: LIMITS.entries,
      set: (plan, size) =>
        inNetwork(plan, 'vpn', (network) => ({
          ...network,
          peers: network.peers.map((peer, at) => ({
            ...peer,
            networks: many(size, (index) => `2001:db8:${at.toString(16)}:${index.toString(16)}::/64`),
          })),
        })),
    },
    {
      name: 'peers',
      most: LIMITS.entries,
      set: (plan, size) =>
        inNetwork(plan, 'vpn', (network) => {
          const [template] = network.peers;
          if (!template) return network;
          return {
            ...network,
            tunnel: ['10.8.0.0/16', 'fd00:8::/64'],
            peers: many(size, (at) => ({
              ...template,
              name: `peer ${at}`,
              addresses: template.addresses.map(
                (_, index) => `fd00:8::${(at + 1).toString(16)}:${(index + 2).toString(16)}`,
              ),
              networks: template.networks.map((_, index) => `2001:db8:${at.toString(16)}:${index.toString(16)}::/64`),
            })),
          };
        }),
    },
  ],
  private: [
    {
      name: 'subnets',
      most: LIMITS.entries,
      set: (plan, size) => inNetwork(plan, 'private', (network) => ({ ...network, subnets: many(size, source) })),
    },
    {
      name: 'replicas',
      most: LIMITS.addresses,
      set: (plan, size) =>
        inNetwork(plan, 'private', (network) => ({
          ...network,
          replicas: many(size, (at) => ({
            name: `replica-${at}.example.com`,
            addresses: [address(100, 2 * at), address(100, 2 * at + 1)],
          })),
        })),
    },
    {
      name: 'addresses of replicas',
      most: LIMITS.addresses,
      set: (plan, size) =>
        inNetwork(plan, 'private', (network) => ({
          ...network,
          replicas: network.replicas.map((replica, at) => ({
            ...replica,
            addresses: many(size, (index) => address(110 + at, index)),
          })),
        })),
    },
    {
      name: 'clients of the replicas',
      most: 1,
      set: (plan) =>
        plan.network.pattern === 'private' && plan.network.replicas.length > 0
          ? everyClient(plan, (client) => ({ ...client, endpoint: 'replica' }))
          : plan,
    },
  ],
  bastion: [
    {
      name: 'addresses of the bastion',
      most: LIMITS.addresses,
      set: (plan, size) =>
        inNetwork(plan, 'bastion', (network) => ({
          ...network,
          publicAddresses: many(size, (index) => address(203, index)),
          privateAddresses: many(size, (index) => address(204, index)),
        })),
    },
    {
      name: 'users and groups',
      most: LIMITS.entries,
      set: (plan, size) =>
        inNetwork(plan, 'bastion', (network) => ({
          ...network,
          users: many(size, (index) => `user_${index}`),
          groups: many(size, (index) => `group_${index}`),
          ssh: { ...network.ssh, authority: true },
        })),
    },
    {
      name: 'other hosts behind the bastion',
      most: LIMITS.entries,
      set: (plan, size) =>
        inNetwork(plan, 'bastion', (network) => ({
          ...network,
          alsoReaches: many(size, (index) => `host-${index}.example.com`),
        })),
    },
  ],
};

function inNetwork<P extends Pattern>(
  plan: Plan,
  pattern: P,
  change: (network: Extract<Plan['network'], { pattern: P }>) => Plan['network'],
): Plan {
  return plan.network.pattern === pattern
    ? { ...plan, network: change(plan.network as Extract<Plan['network'], { pattern: P }>) }
    : plan;
}

/** A starting point of the search: a pattern with the answers that determine which files exist. */
export interface Start {
  readonly name: string;
  readonly plan: Plan;
  readonly dimensions: readonly Dimension[];
}

function start(label: string, pattern: Pattern, change: (plan: Plan) => Plan = (plan) => plan): Start {
  const plan = change(defaultPlan(pattern));
  return { name: label, plan, dimensions: [...ofPattern[pattern], ...ofEvery] };
}

const withAuth =
  (auth: Client['auth'], tls: Client['tls'] = 'require') =>
  (plan: Plan): Plan =>
    everyClient(plan, (client) => ({ ...client, auth, tls }));

const withFirewall =
  (kind: Plan['firewall']['kind']) =>
  (plan: Plan): Plan => ({ ...plan, firewall: { ...plan.firewall, kind } });

const vpnWith =
  (change: (network: Extract<Plan['network'], { pattern: 'vpn' }>) => Partial<Plan['network']>) =>
  (plan: Plan): Plan =>
    inNetwork(plan, 'vpn', (network) => ({ ...network, ...change(network) }) as Plan['network']);

const separate = vpnWith((network) => ({
  gateway: {
    ...network.gateway,
    placement: 'separate',
    addresses: ['10.8.0.1', 'fd00:8::1'],
    privateAddresses: ['10.0.2.1', 'fd00:0:0:2::1'],
  },
}));

const ike = (authentication: 'certificate' | 'psk') =>
  vpnWith((network) => ({
    software: { kind: 'strongswan', authentication },
    gateway: { ...network.gateway, port: 500 },
  }));

const behind =
  (...changes: readonly ((plan: Plan) => Plan)[]) =>
  (plan: Plan): Plan =>
    changes.reduce((sum, change) => change(sum), plan);

const insideAddresses = (plan: Plan): Plan => ({
  ...plan,
  server: {
    ...plan.server,
    publicBehindNat: plan.server.addresses.public.length > 0,
    addresses: { ...plan.server.addresses, private: ['10.0.2.10', 'fd00:0:0:2::10'] },
  },
});

const proxied = (proxy: Extract<Plan['network'], { pattern: 'bastion' }>['proxy']) => (plan: Plan) =>
  inNetwork(plan, 'bastion', (network) => ({ ...network, proxy }));

const azureCloud =
  (format: 'cli' | 'bicep') =>
  (plan: Plan): Plan => ({
    ...insideAddresses(plan),
    cloud: {
      provider: 'azure',
      format,
      resourceGroup: 'databases',
      location: 'westeurope',
      groupName: 'postgresql',
      firstPriority: 1000,
      sources: null,
    },
  });

const aws =
  (format: 'cli' | 'terraform') =>
  (plan: Plan): Plan => ({
    ...insideAddresses(plan),
    cloud: {
      provider: 'aws',
      format,
      region: 'eu-central-1',
      vpc: 'vpc-0123456789abcdef0',
      groupName: 'postgresql',
      rulesPerGroup: 60,
      sources: null,
    },
  });

const google =
  (format: 'cli' | 'terraform') =>
  (plan: Plan): Plan => ({
    ...insideAddresses(plan),
    cloud: {
      provider: 'google',
      format,
      project: 'databases-123456',
      network: 'default',
      groupName: 'postgresql',
      firstPriority: 1000,
      sources: null,
    },
  });

/** Every kind of plan whose lists are driven to their maximum. */
export const starts: readonly Start[] = [
  start('direct, ufw', 'direct'),
  start(
    'direct, iptables, clear text',
    'direct',
    behind(withFirewall('iptables'), withAuth({ method: 'scram' }, 'allow')),
  ),
  start('direct, nftables, certificates', 'direct', behind(withFirewall('nftables'), withAuth({ method: 'cert' }))),
  start('direct, firewalld, aws', 'direct', behind(withFirewall('firewalld'), aws('cli'))),
  start('direct, Windows, terraform', 'direct', behind(withFirewall('windows'), aws('terraform'))),
  start('direct, bicep', 'direct', azureCloud('bicep')),
  start('direct, azure', 'direct', azureCloud('cli')),
  start('direct, google', 'direct', google('cli')),
  start('direct, google, terraform', 'direct', google('terraform')),
  start('vpn, WireGuard', 'vpn'),
  start('vpn, separate gateway', 'vpn', behind(insideAddresses, separate)),
  start('vpn, strongSwan', 'vpn', behind(insideAddresses, ike('certificate'))),
  start('vpn, strongSwan on a gateway with keys', 'vpn', behind(insideAddresses, separate, ike('psk'))),
  start('private', 'private', withFirewall('nftables')),
  start('bastion', 'bastion'),
  start(
    'bastion, PgBouncer',
    'bastion',
    proxied({ kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pooler' }),
  ),
  start('bastion, HAProxy', 'bastion', proxied({ kind: 'haproxy', port: 5432 })),
];

/** A plan with some dimensions at a fraction of their maximum, and the others as in the start. */
export const cornerPlan = ({ plan, dimensions }: Start, driven: readonly Dimension[], share: number): Plan =>
  dimensions
    .filter((dimension) => driven.includes(dimension))
    .reduce((sum, dimension) => dimension.set(sum, Math.max(1, Math.round(dimension.most * share))), plan);
