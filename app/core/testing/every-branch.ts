import { type Client, defaultClient, defaultPlan, type Pattern, type Plan } from '../index.ts';

const patterns: readonly Pattern[] = ['direct', 'vpn', 'private', 'bastion'];

const oauth = {
  method: 'oauth',
  issuer: 'https://login.example.com',
  scope: 'openid',
  validator: 'validator',
  options: ['audience=postgres'] as string[],
  clientId: 'psql',
} as const;

const oauthMappings = [
  { kind: 'same' },
  { kind: 'map', identities: ['maria@example.com'] },
  { kind: 'validator' },
] as const satisfies Extract<Client['auth'], { method: 'oauth' }>['mapping'][];

/** Plans that together cover every branch of each choice whose branches have different answers. */
export function everyBranch(): Plan[] {
  const start = defaultPlan('direct');
  const client = (changes: Partial<Client>): Plan => ({
    ...start,
    clients: [{ ...defaultClient('public'), ...changes }],
  });
  const ldap = { method: 'ldap', server: 'ldap.example.com', port: 389, tls: 'starttls' } as const;
  const cloud = { format: 'cli', groupName: 'db', sources: null } as const;
  const vpn = defaultPlan('vpn');
  const bastion = defaultPlan('bastion');
  const privately = defaultPlan('private');
  const { network: tunnel } = vpn;
  const { network: jump } = bastion;
  const { network: subnet } = privately;
  if (tunnel.pattern !== 'vpn' || jump.pattern !== 'bastion' || subnet.pattern !== 'private')
    throw new Error('a default has the pattern that it was asked for');
  const software = (of: typeof tunnel.software): Plan => ({ ...vpn, network: { ...tunnel, software: of } });
  const proxy = (of: typeof jump.proxy): Plan => ({ ...bastion, network: { ...jump, proxy: of } });
  const [peer] = tunnel.peers;
  if (!peer) throw new Error('the default of vpn has a peer');
  return [
    ...patterns.map((pattern) => defaultPlan(pattern)),
    {
      ...start,
      administration: {
        ...start.administration,
        services: [{ name: 'a', kind: 'backup', role: 'a', databases: 'all', login: 'peer' }],
      },
    },
    client({ auth: { method: 'gss', realm: null, includeRealm: true } }),
    client({ auth: { ...ldap, bind: { kind: 'simple', prefix: 'uid=', suffix: '' } } }),
    client({ auth: { ...ldap, bind: { kind: 'search', baseDn: 'dc=example', attribute: 'uid', bindDn: 'cn=a' } } }),
    ...oauthMappings.map((mapping): Plan => {
      const { server, clients } = client({ auth: { ...oauth, mapping } });
      return { ...start, clients, server: { ...server, major: 19 } };
    }),
    { ...start, cloud: { ...cloud, provider: 'aws', region: 'eu-central-1', vpc: 'vpc-01234567', rulesPerGroup: 60 } },
    {
      ...start,
      cloud: { ...cloud, provider: 'azure', resourceGroup: 'db', location: 'westeurope', firstPriority: 1000 },
    },
    {
      ...start,
      cloud: { ...cloud, provider: 'google', project: 'shop-123456', network: 'default', firstPriority: 1000 },
    },
    {
      ...start,
      server: { ...start.server, major: 19 },
      security: {
        ...start.security,
        certificate: { source: 'existing', certificateFile: '/a', keyFile: '/b', rootFile: null },
        hostCertificates: [{ name: 'orders.example.com', certificateFile: '/c', keyFile: '/d' }],
      },
    },
    { ...vpn, network: { ...tunnel, peers: [{ ...peer, endpoint: { host: 'a.example', port: 1 } }] } },
    software({ kind: 'strongswan', authentication: 'psk' }),
    software({
      kind: 'azure',
      format: 'cli',
      resourceGroup: 'a',
      location: 'westeurope',
      virtualNetwork: 'c',
      gatewaySubnet: '10.0.0.0/27',
    }),
    {
      ...privately,
      network: { ...subnet, replicas: [{ name: 'replica.example.com', addresses: ['10.0.2.11'] }] },
    },
    proxy({ kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pgbouncer' }),
    proxy({ kind: 'haproxy', port: 5432 }),
  ];
}
