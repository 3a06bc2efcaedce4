import { addressText, contains, overlap, parseAddress, prefixText } from '../net/prefix.ts';
import { PrefixIndex } from '../net/prefix-index.ts';
import { MAIN_CLUSTER } from '../postgres/cluster.ts';
import { cloudIssues } from './cross-cloud.ts';
import { monitoringIssues } from './cross-monitoring.ts';
import { oauthIssues } from './cross-oauth.ts';
import { proxyIssues } from './cross-proxy.ts';
import { replicaIssues } from './cross-replica.ts';
import { sshIssues } from './cross-ssh.ts';
import { tlsIssues } from './cross-tls.ts';
import { vpnIssues } from './cross-vpn.ts';
import { directoryBinds } from './directory-bind.ts';
import { parseSource } from './fields.ts';
import { issueAt, type PlanIssue } from './result.ts';
import type { Client, Plan, VpnNetwork } from './schema.ts';
import { type Problem, problem, shown } from './text.ts';
import { addresses, entrance, prefixes, WAYS } from './ways.ts';

/** Rejections that depend on more than one answer. Each answer has already passed on its own. */
export function crossIssues(plan: Plan): PlanIssue[] {
  const issues: PlanIssue[] = [];
  const refuse: Refuse = (path, found) => issues.push(issueAt(path.split('.'), found));
  sameNames(plan.clients, (index, value) => refuse(`clients.${index}.name`, problem('client.twice', { value })));
  serverAddresses(plan, refuse);
  if (plan.network.pattern === 'vpn') tunnel(plan, plan.network, refuse);
  const reachable = tunnelled(plan);
  for (const [index, client] of plan.clients.entries()) {
    oneClient(plan, reachable, client, `clients.${index}`, refuse);
    privileges(client, `clients.${index}`, refuse);
  }
  directories(plan, refuse);
  roles(plan, refuse);
  administration(plan, refuse);
  cloudIssues(plan, refuse);
  const { maxConnections, superuserReserved, reserved } = plan.security;
  if (maxConnections !== null && superuserReserved + reserved >= maxConnections) {
    refuse(
      'security.superuserReserved',
      problem('security.superuserReserved', { value: superuserReserved + reserved, limit: maxConnections }),
    );
  }
  return [
    ...issues,
    ...monitoringIssues(plan),
    ...oauthIssues(plan),
    ...proxyIssues(plan),
    ...replicaIssues(plan),
    ...sshIssues(plan),
    ...tlsIssues(plan),
    ...vpnIssues(plan),
  ];
}

type LdapBind = Extract<Client['auth'], { method: 'ldap' }>['bind'];

type Refuse = (path: string, found: Problem) => void;

/** Names that become file names are compared case-insensitively, as on Windows and macOS. */
function sameNames(named: readonly { readonly name: string }[], twice: (index: number, value: string) => void): void {
  const seen = new Set<string>();
  for (const [index, { name }] of named.entries()) {
    const key = name.normalize('NFC').toLowerCase();
    if (seen.has(key)) twice(index, shown(name));
    seen.add(key);
  }
}

function serverAddresses(plan: Plan, refuse: Refuse): void {
  const { server, network, clients } = plan;
  if (server.platform !== 'debian' && server.cluster !== MAIN_CLUSTER)
    refuse('server.cluster', problem('server.cluster', { value: shown(server.cluster), platform: server.platform }));
  const uses = (way: Client['via']) => clients.some((client) => client.via === way);
  const privateReason =
    server.publicBehindNat && uses('public')
      ? 'reason.nat'
      : network.pattern === 'bastion'
        ? 'reason.bastion'
        : network.pattern === 'vpn' && network.gateway.placement === 'separate'
          ? 'reason.gateway'
          : network.pattern === 'private' || uses('private')
            ? 'reason.private'
            : undefined;
  if (server.addresses.public.length === 0 && uses('public'))
    refuse('server.addresses.public', problem('server.publicNeeded'));
  if (server.addresses.private.length === 0 && privateReason) {
    refuse('server.addresses.private', problem('server.privateNeeded', { reason: problem(privateReason).text }));
  }
}

function tunnel(plan: Plan, network: VpnNetwork, refuse: Refuse): void {
  const tunnels = prefixes(network.tunnel);
  const inTunnel = (texts: readonly string[], path: string) => {
    for (const [index, text] of texts.entries()) {
      const address = parseAddress(text);
      if (address && !tunnels.some((prefix) => contains(prefix, address))) {
        refuse(
          `${path}.${index}`,
          problem('network.tunnelAddress', { value: shown(text), networks: network.tunnel.join(', ') }),
        );
      }
    }
  };
  for (const [index, prefix] of tunnels.entries()) {
    const other = tunnels.slice(0, index).find((earlier) => overlap(earlier, prefix));
    if (other)
      refuse(
        `network.tunnel.${index}`,
        problem('network.overlap', { value: shown(network.tunnel[index]), other: prefixText(other) }),
      );
  }
  const { gateway, peers, software } = network;
  // Azure's own gateway has addresses that Azure assigns.
  const ours = software.kind !== 'azure';
  if (gateway.placement === 'server') {
    if (plan.server.addresses.vpn.length === 0) {
      refuse('server.addresses.vpn', problem('server.vpnNeeded', { networks: network.tunnel.join(', ') }));
    }
    inTunnel(plan.server.addresses.vpn, 'server.addresses.vpn');
  } else {
    if (ours && gateway.addresses.length === 0)
      refuse(
        'network.gateway.addresses',
        problem('plan.emptyList', { hint: `It is in ${network.tunnel.join(', ')}.` }),
      );
    if (ours && gateway.privateAddresses.length === 0) {
      refuse(
        'network.gateway.privateAddresses',
        problem('plan.emptyList', { hint: 'The database server answers the tunnel through it.' }),
      );
    }
    inTunnel(gateway.addresses, 'network.gateway.addresses');
  }
  sameNames(peers, (index, value) => refuse(`network.peers.${index}.name`, problem('peer.sameName', { value })));
  const taken = new Map<string, string>();
  const own = gateway.placement === 'server' ? plan.server.addresses.vpn : gateway.addresses;
  for (const address of addresses(own)) taken.set(addressText(address), gateway.name);
  const routed = new PrefixIndex<number>();
  const names: string[] = [];
  for (const [index, peer] of peers.entries()) {
    inTunnel(peer.addresses, `network.peers.${index}.addresses`);
    for (const [at, text] of peer.addresses.entries()) {
      const address = parseAddress(text);
      if (!address) continue;
      const other = taken.get(addressText(address));
      if (other !== undefined)
        refuse(
          `network.peers.${index}.addresses.${at}`,
          problem('network.addressTaken', { value: shown(text), other: shown(other) }),
        );
      taken.set(addressText(address), peer.name);
    }
    for (const [at, text] of peer.networks.entries()) {
      const prefix = parseSource(text);
      if (!prefix) continue;
      const path = `network.peers.${index}.networks.${at}`;
      const inside = tunnels.find((own) => overlap(own, prefix));
      if (inside) refuse(path, problem('network.overlap', { value: shown(text), other: prefixText(inside) }));
      // The first overlapping entry in the plan; an entry that overlaps thousands is rejected once.
      const other = routed.overlapping(prefix).reduce((first, at) => Math.min(first, at), names.length);
      if (other < names.length)
        refuse(path, problem('peer.routeTwice', { value: shown(text), other: shown(names[other]) }));
      routed.add(prefix, names.length);
      names.push(peer.name);
    }
  }
}

/** Networks that traffic from the plan's tunnel comes from: its own, and those behind its peers. */
const tunnelled = ({ network }: Plan): PrefixIndex<string> =>
  new PrefixIndex(
    network.pattern === 'vpn'
      ? prefixes([...network.tunnel, ...network.peers.flatMap((peer) => peer.networks)]).map(
          (prefix) => [prefix, prefixText(prefix)] as const,
        )
      : [],
  );

function oneClient(plan: Plan, reachable: PrefixIndex<string>, client: Client, path: string, refuse: Refuse): void {
  const { network, server, security } = plan;
  const ways = WAYS[network.pattern];
  if (!ways.includes(client.via)) {
    refuse(
      `${path}.via`,
      problem('client.path', { pattern: network.pattern, via: client.via, choices: ways.join(', ') }),
    );
    return;
  }
  if (client.via === 'socket') {
    socketClient(plan, client, path, refuse);
    return;
  }
  if (client.auth.method === 'peer') refuse(`${path}.auth.method`, problem('client.peerSocket'));
  if (client.sources.length === 0)
    refuse(
      `${path}.sources`,
      problem('plan.emptyList', { hint: 'Name the networks or addresses that it connects from.' }),
    );
  if (client.databases !== 'all' && client.databases.length === 0 && client.replication !== 'physical') {
    refuse(`${path}.databases`, problem('plan.emptyList', { hint: 'Name the database, or choose all.' }));
  }
  if ((client.auth.method === 'cert' || client.auth.method === 'cert+scram') && client.tls === 'allow') {
    refuse(`${path}.tls`, problem('client.certTls'));
  }
  if (client.auth.method === 'ldap') ldapNames(client.auth.bind, `${path}.auth.bind`, refuse);
  if (client.endpoint === 'replica' && !(network.pattern === 'private' && network.replicas.length > 0)) {
    refuse(`${path}.endpoint`, problem('client.replica'));
  }
  if (!security.remoteSuperuser) {
    const at = client.roles.indexOf(server.superuser);
    if (at >= 0) refuse(`${path}.roles.${at}`, problem('client.superuser', { value: shown(server.superuser) }));
  }
  clientSources(plan, reachable, client, path, refuse);
}

/** Privileges are granted in each database by name. */
function privileges(client: Client, path: string, refuse: Refuse): void {
  if (client.privileges === 'none') return;
  if (client.replication === 'physical') refuse(`${path}.privileges`, problem('client.privilegesReplication'));
  else if (client.databases === 'all') refuse(`${path}.privileges`, problem('client.privilegesAll'));
}

/** PostgreSQL rejects an ldap record that does not say where the user is in the tree (`hba.c`). */
function ldapNames(bind: LdapBind, path: string, refuse: Refuse): void {
  if (bind.kind === 'search' && bind.baseDn === '') refuse(`${path}.baseDn`, problem('plan.required'));
  if (bind.kind === 'simple' && bind.prefix === '' && bind.suffix === '')
    refuse(`${path}.prefix`, problem('ldap.simple'));
}

/** The password of a bind DN is stored per LDAP server. */
function directories({ clients }: Plan, refuse: Refuse): void {
  const known = new Map(directoryBinds(clients).map(({ server, dn }) => [server, dn]));
  for (const [index, { auth }] of clients.entries()) {
    if (auth.method !== 'ldap' || auth.bind.kind !== 'search' || auth.bind.bindDn === null) continue;
    const first = known.get(auth.server.toLowerCase());
    const values = { value: shown(auth.bind.bindDn), server: auth.server };
    if (first !== undefined && first !== auth.bind.bindDn)
      refuse(`clients.${index}.auth.bind.bindDn`, problem('ldap.bindDn', { ...values, first: shown(first) }));
  }
}

function clientSources(plan: Plan, reachable: PrefixIndex<string>, client: Client, path: string, refuse: Refuse): void {
  const entry = entrance(plan, client.via).addresses;
  const families = new Set(addresses(entry).map((address) => address.family));
  const seen = new Map<string, number>();
  for (const [index, text] of client.sources.entries()) {
    const prefix = parseSource(text);
    if (!prefix) continue;
    const at = `${path}.sources.${index}`;
    if (seen.has(prefixText(prefix))) refuse(at, problem('source.twice', { value: shown(text) }));
    seen.set(prefixText(prefix), index);
    if (client.via === 'vpn' && !reachable.covers(prefix))
      refuse(at, problem('client.notInTunnel', { value: shown(text) }));
    if (client.via !== 'bastion' && entry.length > 0 && !families.has(prefix.family)) {
      refuse(at, problem('client.familyMissing', { value: shown(text), family: `IPv${prefix.family}` }));
    }
  }
}

function socketClient(plan: Plan, client: Client, path: string, refuse: Refuse): void {
  if (client.sources[0] !== undefined)
    refuse(`${path}.sources`, problem('client.socketSources', { value: shown(client.sources[0]) }));
  if (client.replication === 'physical') refuse(`${path}.replication`, problem('client.socketReplication'));
  if (client.auth.method !== 'peer' && client.auth.method !== 'scram')
    refuse(`${path}.auth.method`, problem('client.socketMethod'));
  if (client.auth.method === 'peer' && plan.server.platform === 'windows')
    refuse(`${path}.auth.method`, problem('client.windowsSocket'));
  if (client.databases !== 'all' && client.databases.length === 0) {
    refuse(`${path}.databases`, problem('plan.emptyList', { hint: 'Name the database, or choose all.' }));
  }
}

/** A role has one connection limit and one validity, for all clients that use it. */
function roles(plan: Plan, refuse: Refuse): void {
  const first = new Map<string, Client>();
  for (const [index, client] of plan.clients.entries()) {
    for (const role of client.roles) {
      const other = first.get(role);
      if (!other) {
        first.set(role, client);
        continue;
      }
      for (const field of ['connectionLimit', 'validUntil'] as const) {
        if (client[field] === other[field]) continue;
        const values = {
          role: shown(role),
          value: client[field] ?? 'none',
          other: other[field] ?? 'none',
          client: shown(other.name),
        };
        refuse(`clients.${index}.${field}`, problem('client.roleConflict', { ...values, field }));
      }
    }
  }
}

function administration(plan: Plan, refuse: Refuse): void {
  const { people, services } = plan.administration;
  sameNames(services, (index, value) =>
    refuse(`administration.services.${index}.name`, problem('service.twice', { value })),
  );
  for (const [index, { kind, role, databases, login }] of services.entries()) {
    const path = `administration.services.${index}`;
    if (role === plan.server.superuser) refuse(`${path}.role`, problem('service.superuser', { value: shown(role) }));
    if (login === 'peer' && plan.server.platform === 'windows')
      refuse(`${path}.login`, problem('client.windowsSocket'));
    if (kind !== 'backup' && databases !== 'all' && databases.length === 0)
      refuse(`${path}.databases`, problem('plan.emptyList', { hint: 'Name the database, or choose all.' }));
  }
  for (const [index, person] of people.entries()) {
    const path = `administration.people.${index}`;
    if (person.path === 'bastion' && plan.network.pattern !== 'bastion')
      refuse(`${path}.path`, problem('admin.bastion'));
    if (person.path !== 'console' && person.sources.length === 0) refuse(`${path}.sources`, problem('admin.sources'));
  }
  if (people.length === 0) refuse('administration.people', problem('admin.sources'));
}
