import {
  addressText,
  contains,
  overlap,
  type Prefix,
  parseAddress,
  prefixText,
  samePrefix,
  width,
} from '../net/prefix.ts';
import { MAIN_CLUSTER } from '../postgres/cluster.ts';
import { isSecurityGroupId } from './cloud-fields.ts';
import { parseSource } from './fields.ts';
import type { Auth, Client, Plan } from './schema.ts';

/**
 * The same plan without the names and addresses of real machines and people: containment and equality are preserved,
 * and the result is a valid plan with the same files except for these values. Deterministic.
 */
export function redact(plan: Plan): Plan {
  const place = renumber(plan);
  const address = (text: string) => place(text, addressText);
  const source = (text: string) =>
    place(text, (prefix) => (text.includes('/') ? prefixText(prefix) : addressText(prefix)));
  const host = numbered((number) => `host-${number}.example.com`);
  const hostOrAddress = (text: string) => (parseAddress(text) ? address(text) : host(text));
  const serverName = plan.server.name;
  const known = (text: string) => (text === serverName ? 'db.example.com' : hostOrAddress(text));
  const role = numbered((number) => `role_${number}`);
  const superuser = plan.server.superuser === 'postgres' ? 'postgres' : 'superuser';
  const anyRole = (name: string) => (name === plan.server.superuser ? superuser : role(name));
  const database = numbered((number) => `database_${number}`);
  const account = numbered((number) => `user${number}`);
  const group = numbered((number) => `group${number}`);
  const cloudName = numbered((number) => `cloud-${number}`);
  const securityGroup = numbered((number) => `sg-${number.toString(16).padStart(8, '0')}`);
  const cloudGroup = (text: string) => (isSecurityGroupId(text) ? securityGroup(text) : cloudName(text));

  const certificatePath = numbered((number) => `/srv/postgresql/host-${number}.crt`);
  const keyPath = numbered((number) => `/srv/postgresql/host-${number}.key`);

  const client = (one: Client, index: number): Client => ({
    ...one,
    name: `client ${index + 1}`,
    sources: one.sources.map(source),
    cloudGroup: one.cloudGroup === null ? null : cloudGroup(one.cloudGroup),
    roles: one.roles.map(anyRole),
    databases: one.databases === 'all' ? 'all' : one.databases.map(database),
    auth: neutralAuth(one.auth, host),
  });
  const { server, administration, security } = plan;
  return {
    ...plan,
    title: '',
    notes: '',
    server: {
      ...server,
      name: serverName === null ? null : 'db.example.com',
      addresses: {
        public: server.addresses.public.map(address),
        private: server.addresses.private.map(address),
        vpn: server.addresses.vpn.map(address),
      },
      cluster: server.cluster === MAIN_CLUSTER ? MAIN_CLUSTER : 'cluster',
      dataDirectory: neutralPath(server.dataDirectory, 'data'),
      configDirectory: neutralPath(server.configDirectory, 'config'),
      superuser,
      osUser: server.osUser === null ? null : 'postgres',
    },
    network: neutralNetwork(plan.network, { address, source, known, account, group, host, anyRole, cloudName }),
    firewall: { ...plan.firewall, sources: plan.firewall.sources?.map(source) ?? null },
    cloud: neutralCloud(plan.cloud, source, cloudName),
    clients: plan.clients.map(client),
    administration: {
      ...administration,
      people: administration.people.map((person, index) => ({
        ...person,
        name: `administrators ${index + 1}`,
        sources: person.sources.map(source),
      })),
      services: administration.services.map((service, index) => ({
        ...service,
        name: `service ${index + 1}`,
        role: anyRole(service.role),
        databases: service.databases === 'all' ? 'all' : service.databases.map(database),
      })),
    },
    security: {
      ...security,
      certificate: neutralCertificate(security.certificate),
      hostCertificates: security.hostCertificates.map(({ name, certificateFile, keyFile }) => ({
        name: host(name),
        certificateFile: certificatePath(certificateFile),
        keyFile: keyPath(keyFile),
      })),
    },
    monitoring: { ...plan.monitoring, linePrefix: neutralPrefix(plan.monitoring.linePrefix) },
  };
}

type Rename = (text: string) => string;

/** Equal texts get equal names, numbered in the order of first appearance. */
function numbered(name: (number: number) => string): Rename {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text) ?? name(known.size + 1);
    known.set(text, found);
    return found;
  };
}

/** Words that usually label an escape of `log_line_prefix`, as in `user=%u,db=%d`. */
const LABELS = new Set(['user', 'db', 'database', 'app', 'client', 'host', 'pid', 'session', 'line', 'time', 'query']);

/**
 * The same escapes (`%m`, `%-10a`), without the words around them. Characters that separate an address from other
 * text (`prefixDoubt`) are kept.
 */
const neutralPrefix = (prefix: string | null): string | null =>
  prefix?.replace(/(%-?\d*.)|[\p{L}\p{M}\p{N}.:_-]+/gsu, (text, code?: string) =>
    code !== undefined || LABELS.has(text) || !/[\p{L}\p{M}\p{N}]/u.test(text) ? text : 'x',
  ) ?? null;

function neutralPath(path: string | null, name: string): string | null {
  if (path === null) return null;
  return path.startsWith('/') ? `/srv/postgresql/${name}` : `C:\\PostgreSQL\\${name}`;
}

function neutralCertificate(certificate: Plan['security']['certificate']): Plan['security']['certificate'] {
  if (certificate.source !== 'existing') return certificate;
  const { rootFile, certificateFile, keyFile } = certificate;
  return {
    ...certificate,
    certificateFile: neutralPath(certificateFile, 'server.crt') ?? certificateFile,
    keyFile: neutralPath(keyFile, 'server.key') ?? keyFile,
    rootFile: neutralPath(rootFile, 'root.crt'),
  };
}

function neutralAuth(auth: Auth, host: Rename): Auth {
  if (auth.method === 'gss') return { ...auth, realm: auth.realm === null ? null : 'EXAMPLE.COM' };
  if (auth.method === 'oauth') return neutralOauth(auth, host);
  if (auth.method !== 'ldap') return auth;
  const people = 'ou=people,dc=example,dc=com';
  const bind =
    auth.bind.kind === 'simple'
      ? { ...auth.bind, prefix: 'uid=', suffix: `,${people}` }
      : {
          ...auth.bind,
          baseDn: people,
          attribute: 'uid',
          bindDn: auth.bind.bindDn === null ? null : 'cn=reader,dc=example,dc=com',
        };
  return { ...auth, server: host(auth.server), bind };
}

function neutralOauth(auth: Extract<Auth, { method: 'oauth' }>, host: Rename): Auth {
  const { mapping } = auth;
  return {
    ...auth,
    issuer: `https://${host(auth.issuer)}`,
    scope: 'openid',
    validator: 'validator',
    options: auth.options.map((_, index) => `option_${index + 1}=value`),
    clientId: auth.clientId === null ? null : 'client',
    mapping:
      mapping.kind === 'map'
        ? { ...mapping, identities: mapping.identities.map((_, index) => `user${index + 1}@example.com`) }
        : mapping,
  };
}

interface Renames {
  readonly address: Rename;
  readonly source: Rename;
  readonly known: Rename;
  readonly account: Rename;
  readonly group: Rename;
  readonly host: Rename;
  readonly anyRole: Rename;
  readonly cloudName: Rename;
}

function neutralCloud(cloud: Plan['cloud'], source: Rename, name: Rename): Plan['cloud'] {
  if (cloud.provider === 'none') return cloud;
  const shared = { groupName: name(cloud.groupName), sources: cloud.sources?.map(source) ?? null };
  switch (cloud.provider) {
    case 'aws':
      return { ...cloud, ...shared, vpc: cloud.vpc === null ? null : 'vpc-00000001' };
    case 'azure':
      return { ...cloud, ...shared, resourceGroup: name(cloud.resourceGroup) };
    case 'google':
      return { ...cloud, ...shared, project: 'project-1', network: name(cloud.network) };
  }
}

/** A well-formed key that belongs to nobody. */
const hostKey = (_: string, index: number) =>
  `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${String(index + 1).padStart(43, 'A')}`;

function neutralNetwork(
  network: Plan['network'],
  { address, source, known, account, group, host, anyRole, cloudName }: Renames,
): Plan['network'] {
  switch (network.pattern) {
    case 'direct':
      return network;
    case 'private':
      return {
        ...network,
        subnets: network.subnets.map(source),
        replicas: network.replicas.map((replica) => ({
          name: host(replica.name),
          addresses: replica.addresses.map(address),
        })),
        replicationRole: anyRole(network.replicationRole),
      };
    case 'bastion':
      return {
        ...network,
        name: known(network.name),
        publicAddresses: network.publicAddresses.map(address),
        privateAddresses: network.privateAddresses.map(address),
        users: network.users.map(account),
        groups: network.groups.map(group),
        alsoReaches: network.alsoReaches.map(known),
        ssh: { ...network.ssh, hostKeys: network.ssh.hostKeys.map(hostKey) },
        proxy:
          network.proxy.kind === 'pgbouncer'
            ? { ...network.proxy, authRole: anyRole(network.proxy.authRole) }
            : network.proxy,
      };
    case 'vpn':
      return {
        ...network,
        software:
          network.software.kind === 'azure'
            ? {
                ...network.software,
                resourceGroup: cloudName(network.software.resourceGroup),
                virtualNetwork: cloudName(network.software.virtualNetwork),
                gatewaySubnet: source(network.software.gatewaySubnet),
              }
            : network.software,
        tunnel: network.tunnel.map(source),
        gateway: {
          ...network.gateway,
          name: 'gateway',
          endpoint: known(network.gateway.endpoint),
          addresses: network.gateway.addresses.map(address),
          privateAddresses: network.gateway.privateAddresses.map(address),
          publicKey: null,
        },
        peers: network.peers.map((peer, index) => ({
          name: `peer ${index + 1}`,
          addresses: peer.addresses.map(address),
          networks: peer.networks.map(source),
          endpoint: peer.endpoint && { ...peer.endpoint, host: known(peer.endpoint.host) },
          publicKey: null,
        })),
      };
  }
}

/** A network of the plan with the networks inside it. */
interface Branch {
  readonly prefix: Prefix;
  readonly inner: Branch[];
}

/**
 * Where networks are moved: reserved for documentation (RFC 5737, RFC 3849), private (RFC 1918, RFC 4193), then
 * anywhere.
 */
const places = {
  public: [
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '2001:db8::/32',
    '16.0.0.0/4',
    '32.0.0.0/3',
    '128.0.0.0/2',
    '2000::/3',
  ],
  private: [
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    'fd00::/8',
    '16.0.0.0/4',
    '32.0.0.0/3',
    '128.0.0.0/2',
    '2000::/3',
  ],
} as const;
const privateNetworks = read(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']);

/** Networks broader than these reveal nothing, and would not fit elsewhere. */
const KEPT = { 4: 7, 6: 15 } as const;

function read(texts: readonly string[]): Prefix[] {
  return texts.flatMap((text) => parseSource(text) ?? []);
}

/** Moves every network of the plan, preserving which networks contain which. */
function renumber(plan: Plan): (text: string, write: (prefix: Prefix) => string) => string {
  const all = read(everyAddress(plan)).toSorted(broadAndLowFirst);
  const kept = all.filter(({ family, length }) => length <= KEPT[family]);
  const roots: Branch[] = [];
  for (const prefix of all) if (!kept.includes(prefix)) graft(roots, prefix);

  const moved = new Map<string, Prefix>(kept.map((prefix) => [prefixText(prefix), prefix]));
  const taken: Prefix[] = [];
  for (const root of roots) {
    const kind = privateNetworks.some((network) => contains(network, root.prefix)) ? 'private' : 'public';
    const room = read(places[kind])
      .filter((place) => place.family === root.prefix.family)
      .map((place) => firstFree(place, root.prefix.length, taken))
      .find((found) => found !== undefined);
    const to = room ?? root.prefix;
    taken.push(to);
    settle(root, to, moved);
  }
  return (text, write) => {
    const prefix = parseSource(text);
    const found = prefix && moved.get(prefixText(prefix));
    return found ? write(found) : text;
  };
}

const broadAndLowFirst = (a: Prefix, b: Prefix): number =>
  a.length - b.length || (a.bits < b.bits ? -1 : a.bits > b.bits ? 1 : 0);

function graft(branches: Branch[], prefix: Prefix): void {
  const holder = branches.find((branch) => contains(branch.prefix, prefix));
  if (!holder) branches.push({ prefix, inner: [] });
  else if (!samePrefix(holder.prefix, prefix)) graft(holder.inner, prefix);
}

function settle(branch: Branch, to: Prefix, moved: Map<string, Prefix>): void {
  moved.set(prefixText(branch.prefix), to);
  const taken: Prefix[] = [];
  for (const inner of branch.inner) {
    const room = firstFree(to, inner.prefix.length, taken) ?? to;
    taken.push(room);
    settle(inner, room, moved);
  }
}

/** The first free block of this length; hosts start at the second address, because the first identifies the network. */
function firstFree(place: Prefix, length: number, taken: readonly Prefix[]): Prefix | undefined {
  if (length < place.length) return undefined;
  const full = width(place.family);
  const step = 1n << BigInt(full - length);
  const end = place.bits + (1n << BigInt(full - place.length));
  let bits = length === full && place.length < full - 1 ? place.bits + 1n : place.bits;
  while (bits + step <= end) {
    const block: Prefix = { family: place.family, bits, length };
    const other = taken.find((one) => overlap(one, block));
    if (!other) return block;
    const after = other.bits + (1n << BigInt(full - other.length));
    bits = after > bits + step ? ((after + step - 1n) / step) * step : bits + step;
  }
  const first: Prefix = { family: place.family, bits: place.bits, length };
  return taken.some((one) => overlap(one, first)) ? undefined : first;
}

/** Every address and network that the plan names. */
function everyAddress({ server, network, clients, administration, firewall, cloud }: Plan): string[] {
  const own = [...server.addresses.public, ...server.addresses.private, ...server.addresses.vpn];
  const from = [...clients, ...administration.people].flatMap(({ sources }) => sources);
  const filters = [...(firewall.sources ?? []), ...('sources' in cloud ? (cloud.sources ?? []) : [])];
  return [...own, ...addressesOf(network), ...from, ...filters];
}

function addressesOf(network: Plan['network']): string[] {
  switch (network.pattern) {
    case 'direct':
      return [];
    case 'private':
      return [...network.subnets, ...network.replicas.flatMap((replica) => replica.addresses)];
    case 'bastion':
      return [network.name, ...network.publicAddresses, ...network.privateAddresses, ...network.alsoReaches];
    case 'vpn': {
      const { gateway, peers, tunnel } = network;
      const ofPeers = peers.flatMap((peer) => [
        ...peer.addresses,
        ...peer.networks,
        ...(peer.endpoint ? [peer.endpoint.host] : []),
      ]);
      const subnet = network.software.kind === 'azure' ? [network.software.gatewaySubnet] : [];
      return [...tunnel, ...subnet, gateway.endpoint, ...gateway.addresses, ...gateway.privateAddresses, ...ofPeers];
    }
  }
}
