import { type Client, defaultClient, defaultPlan, type Pattern, type Plan } from '../index.ts';

const named = (via: Client['via'], changes: Partial<Client>): Client => ({
  ...defaultClient(via),
  sources: ['10.0.1.0/24'],
  ...changes,
});

const shared = { groupName: 'db', sources: ['10.0.0.0/8'] };
const cloudOf: Readonly<Record<Pattern, Plan['cloud']>> = {
  direct: { provider: 'none' },
  vpn: {
    ...shared,
    provider: 'google',
    format: 'cli',
    project: 'shop-123456',
    network: 'default',
    firstPriority: 1000,
  },
  private: {
    ...shared,
    provider: 'aws',
    format: 'terraform',
    region: 'eu-central-1',
    vpc: 'vpc-01234567',
    rulesPerGroup: 60,
  },
  bastion: {
    ...shared,
    provider: 'azure',
    format: 'cli',
    resourceGroup: 'shop',
    location: 'westeurope',
    firstPriority: 1000,
  },
};

/** Plans that together use every string field. */
export function everyField(): Plan[] {
  const search: Client['auth'] = {
    method: 'ldap',
    server: 'ldap.example.com',
    port: 389,
    tls: 'starttls',
    bind: { kind: 'search', baseDn: 'dc=example', attribute: 'uid', bindDn: 'cn=reader,dc=example' },
  };
  const simple: Client['auth'] = { ...search, bind: { kind: 'simple', prefix: 'uid=', suffix: ',dc=example' } };
  const oauth: Client['auth'] = {
    method: 'oauth',
    issuer: 'https://login.example.com/realms/staff',
    scope: 'openid postgres',
    validator: 'pg_validator',
    options: ['audience=postgres'],
    clientId: 'psql',
    mapping: { kind: 'map', identities: ['maria@example.com'] },
  };
  return (['direct', 'vpn', 'private', 'bastion'] satisfies Pattern[]).flatMap((pattern) => {
    const plan = defaultPlan(pattern);
    const full: Plan = {
      ...plan,
      title: 'title',
      notes: 'notes',
      cloud: cloudOf[pattern],
      server: {
        ...plan.server,
        dataDirectory: '/srv/data',
        configDirectory: '/srv/config',
        osUser: 'pg',
        cluster: 'analytics',
        // The options of a validator need 19.
        major: pattern === 'direct' ? 19 : plan.server.major,
        addresses: { ...plan.server.addresses, private: ['10.0.2.10', 'fd00:0:0:2::10'] },
      },
      clients: [
        ...plan.clients,
        named('private', {
          name: 'cert',
          roles: ['cert'],
          connectionLimit: 5,
          databases: ['cert'],
          privileges: 'read',
          auth: { method: 'cert+scram' },
          validUntil: '2030-01-01',
        }),
        named('private', { name: 'ldap search', roles: ['search'], auth: search }),
        named('private', { name: 'ldap simple', roles: ['simple'], auth: simple }),
        named('private', {
          name: 'kerberos',
          roles: ['kerberos'],
          auth: { method: 'gss', realm: 'EXAMPLE.COM', includeRealm: false },
        }),
        ...(pattern === 'direct' ? [named('private', { name: 'oauth', roles: ['oauth'], auth: oauth })] : []),
        named('socket', { name: 'local', sources: [], roles: ['local'] }),
      ],
      administration: {
        ...plan.administration,
        services: [
          { name: 'exporter', kind: 'monitoring', role: 'exporter', databases: ['postgres'], login: 'scram' },
          {
            name: 'dump',
            kind: 'backup',
            role: 'dump',
            databases: ['cert'],
            login: 'scram',
          },
        ],
      },
      security: {
        ...plan.security,
        ciphers: 'HIGH',
        certificate: {
          source: 'existing',
          certificateFile: '/etc/ssl/a.crt',
          keyFile: '/etc/ssl/a.key',
          rootFile: '/etc/ssl/root.crt',
        },
      },
      network:
        plan.network.pattern === 'private'
          ? { ...plan.network, replicas: [{ name: 'replica.example.com', addresses: ['10.0.2.11'] }] }
          : plan.network.pattern === 'bastion'
            ? { ...plan.network, users: ['alice'], alsoReaches: ['db2.example.com'] }
            : plan.network.pattern === 'vpn'
              ? {
                  ...plan.network,
                  peers: plan.network.peers.map((peer) => ({
                    ...peer,
                    networks: ['10.20.0.0/16'],
                    endpoint: { host: 'peer.example.com', port: 1 },
                    publicKey: 'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=',
                  })),
                }
              : plan.network,
    };
    const platforms = (['debian', 'docker', 'windows'] as const).filter(
      (platform) => platform === 'debian' || pattern === 'direct',
    );
    return platforms.map((platform): Plan => {
      const clients = full.clients.map((client) =>
        platform === 'windows' && client.via === 'socket' ? { ...client, auth: { method: 'scram' as const } } : client,
      );
      return {
        ...full,
        clients,
        server: { ...full.server, platform, cluster: platform === 'debian' ? full.server.cluster : 'main' },
        firewall: {
          ...full.firewall,
          kind: platform === 'windows' ? 'windows' : pattern === 'private' ? 'iptables' : 'ufw',
        },
        monitoring: {
          ...full.monitoring,
          linePrefix: '%m [%p] %h ',
          fail2ban: platform === 'debian' ? 'file' : 'none',
          prometheus: true,
          queries: true,
        },
      };
    });
  });
}

/** Every string of the plan: its path, and a function that copies the plan with another value there. */
export function* strings(
  plan: Plan,
  at: unknown = plan,
  path: readonly string[] = [],
): Generator<{ path: string; put: (value: string) => unknown }> {
  if (typeof at === 'string') {
    yield { path: path.join('.'), put: (value) => replaced(plan, path, value) };
  } else if (typeof at === 'object' && at !== null) {
    for (const [key, inner] of Object.entries(at)) yield* strings(plan, inner, [...path, key]);
  }
}

/** The plan with another value at that path. */
export function replaced(plan: unknown, path: readonly string[], value: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(plan))
    return plan.map((item, index) => (String(index) === key ? replaced(item, rest, value) : item));
  const group = plan as Record<string, unknown>;
  return { ...group, [key]: replaced(group[key], rest, value) };
}
