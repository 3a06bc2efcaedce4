import { expect, it } from 'vitest';
import { type Client, defaultClient, defaultPlan, type Pattern, type Plan } from '../../core/index.ts';

const modules = import.meta.glob<string>('./**/*.tsx', { query: '?raw', import: 'default', eager: true });
const forms = Object.values(modules).join('\n');

const patterns: readonly Pattern[] = ['direct', 'vpn', 'private', 'bastion'];

/** One plan with each branch of each choice that has answers of its own. */
function everyBranch(): Plan[] {
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
    ...patterns.map(defaultPlan),
    client({ auth: { method: 'gss', realm: null, includeRealm: true } }),
    client({ auth: { ...ldap, bind: { kind: 'simple', prefix: 'uid=', suffix: '' } } }),
    client({ auth: { ...ldap, bind: { kind: 'search', baseDn: 'dc=example', attribute: 'uid' } } }),
    { ...start, cloud: { ...cloud, provider: 'aws', region: 'eu-central-1', vpc: 'vpc-01234567', rulesPerGroup: 60 } },
    {
      ...start,
      cloud: { ...cloud, provider: 'azure', resourceGroup: 'db', location: 'westeurope', firstPriority: 1000 },
    },
    {
      ...start,
      security: {
        ...start.security,
        certificate: { source: 'existing', certificateFile: '/a', keyFile: '/b', rootFile: null },
      },
    },
    { ...vpn, network: { ...tunnel, peers: [{ ...peer, endpoint: { host: 'a.example', port: 1 } }] } },
    software({ kind: 'strongswan', authentication: 'psk' }),
    software({
      kind: 'azure',
      format: 'cli',
      resourceGroup: 'a',
      location: 'b',
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

/** The paths of all answers, entries of lists written as `*`; a list of texts is one answer. */
function answers(value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    const groups = value.filter((entry) => typeof entry === 'object');
    return groups.length === 0 ? [path] : groups.flatMap((entry) => answers(entry, `${path}.*`));
  }
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => answers(inner, path === '' ? key : `${path}.${key}`));
}

/** What is no question: the version, and the pattern, which has a screen of its own. */
const notAsked = ['version', 'network.pattern'];

it('asks for every answer of the plan somewhere', () => {
  const asked = (path: string) => {
    // Fields of an entry are named from the entry on, and those of a part of it from that part on.
    const tails = path.split('.*.').at(-1)?.split('.') ?? [];
    const own = tails.map((_, at) => tails.slice(at).join('.'));
    return path.includes('*')
      ? own.some((tail) => forms.includes(`\`\${path}.${tail}\``))
      : forms.includes(`path="${path}"`);
  };
  const missing = new Set(
    everyBranch()
      .flatMap((plan) => answers(plan, ''))
      .filter((path) => !notAsked.includes(path) && !path.startsWith('network.software.') && !asked(path)),
  );
  expect([...missing]).toEqual([]);
});
