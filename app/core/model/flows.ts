import { say } from '../messages/message.ts';
import { type Prefix, parseAddress, prefixText, samePrefix } from '../net/prefix.ts';
import { parseSource } from '../plan/fields.ts';
import type { Plan } from '../plan/schema.ts';
import { addresses, prefixes, proxyOf } from '../plan/ways.ts';
import type { ClientAccess, Flow } from './model.ts';
import { readsReplicas, streamFlows } from './replicas.ts';

/** All traffic that firewalls must allow between machines. Other traffic to these ports is blocked. */
export function flows(plan: Plan, clients: readonly ClientAccess[]): Flow[] {
  return [
    ...administratorFlows(plan),
    ...tunnelFlows(plan),
    ...clients.flatMap((access) => clientFlows(plan, access)),
    ...streamFlows(plan),
  ];
}

/** The server's destination addresses in packets that arrive there. Behind NAT these are the private ones. */
function arriving(plan: Plan, access: ClientAccess): Prefix[] {
  const { addresses: own, publicBehindNat } = plan.server;
  return addresses(access.client.via === 'public' && publicBehindNat ? own.private : access.addresses);
}

function clientFlows(plan: Plan, access: ClientAccess): Flow[] {
  const { client, index, path, sources } = access;
  if (client.via === 'socket') return [];
  const values = { client: client.name, sources: sources.map(prefixText).join(', ') };
  const encryption = client.tls === 'require' ? 'tls' : 'optional-tls';
  const postgres = {
    to: 'server',
    addresses: arriving(plan, access),
    port: plan.server.port,
    protocol: 'tcp',
    service: 'postgresql',
    encryption,
    client: index,
  } as const;
  if (client.via === 'bastion' && plan.network.pattern === 'bastion') {
    const { network } = plan;
    const proxy = proxyOf(plan, client.via);
    if (proxy) {
      const product = proxy.kind === 'pgbouncer' ? 'PgBouncer' : 'HAProxy';
      return [
        {
          id: `client-${index}-proxy`,
          from: sources,
          to: 'bastion',
          addresses: addresses(network.publicAddresses),
          port: proxy.port,
          protocol: 'tcp',
          service: proxy.kind,
          encryption,
          client: index,
          reason: { message: say('flow.proxyClient', { ...values, product }), path: `${path}.sources` },
        },
        {
          ...postgres,
          id: `client-${index}`,
          from: access.seenAs,
          fromHost: 'bastion',
          // PgBouncer opens its own connection, always with TLS. HAProxy forwards the client's bytes.
          ...(proxy.kind === 'pgbouncer' ? { encryption: 'tls' as const } : {}),
          reason: { message: access.seenBecause, path: 'network.proxy' },
        },
      ];
    }
    return [
      {
        id: `client-${index}-ssh`,
        from: sources,
        to: 'bastion',
        addresses: addresses(network.publicAddresses),
        port: network.port,
        protocol: 'tcp',
        service: 'ssh',
        encryption: 'ssh',
        client: index,
        reason: { message: say('flow.bastionClient', values), path: `${path}.sources` },
      },
      {
        ...postgres,
        id: `client-${index}`,
        from: access.seenAs,
        fromHost: 'bastion',
        reason: { message: say('flow.bastion'), path: 'network.privateAddresses' },
      },
    ];
  }
  if (readsReplicas(client)) return replicaFlows(plan, access, postgres);
  const throughGateway =
    client.via === 'vpn' && plan.network.pattern === 'vpn' && plan.network.gateway.placement === 'separate';
  return [
    {
      ...postgres,
      id: `client-${index}`,
      from: sources,
      ...(throughGateway ? { fromHost: 'gateway' } : {}),
      reason: { message: say('flow.client', values), path: `${path}.sources` },
    },
  ];
}

/** A client of the replicas reaches each of them but not the primary. */
function replicaFlows(
  { network }: Plan,
  { client, index, path, sources }: ClientAccess,
  postgres: Omit<Flow, 'id' | 'from' | 'reason'>,
): Flow[] {
  if (network.pattern !== 'private') return [];
  return network.replicas.map((replica, at) => ({
    ...postgres,
    id: `client-${index}-replica-${at}`,
    from: sources,
    to: `replica-${at}`,
    addresses: addresses(replica.addresses),
    reason: { message: say('flow.replica', { client: client.name, replica: replica.name }), path: `${path}.endpoint` },
  }));
}

function administratorFlows(plan: Plan): Flow[] {
  const { network, server, administration } = plan;
  const own = addresses([...server.addresses.public, ...server.addresses.private, ...server.addresses.vpn]);
  return administration.people.flatMap((person, index): Flow[] => {
    const path = `administration.people.${index}`;
    const shared = { protocol: 'tcp', service: 'ssh', encryption: 'ssh' } as const;
    const sources = prefixes(person.sources);
    if (person.path === 'console') return [];
    const values = { name: person.name, sources: sources.map(prefixText).join(', ') };
    const direct = { message: say('flow.administrator', values), path: `${path}.sources` };
    const server = { ...shared, to: 'server', addresses: own, port: administration.sshPort };
    if (person.path === 'ssh' || network.pattern !== 'bastion')
      return [{ ...server, id: `admin-${index}`, from: sources, reason: direct }];
    return [
      {
        ...shared,
        id: `admin-${index}-bastion`,
        from: sources,
        to: 'bastion',
        addresses: addresses(network.publicAddresses),
        port: network.port,
        reason: direct,
      },
      {
        ...server,
        id: `admin-${index}`,
        from: addresses(network.privateAddresses),
        fromHost: 'bastion',
        reason: { message: say('flow.administratorBastion', values), path: `${path}.path` },
      },
    ];
  });
}

const everyone = ['0.0.0.0/0', '::/0'].flatMap((text) => parseSource(text) ?? []);

/** UDP ports of IKE, and of IKE with UDP-encapsulated ESP, which passes NAT (RFC 7296, section 2.23). */
const IPSEC_PORTS = [500, 4500] as const;

function tunnelFlows(plan: Plan): Flow[] {
  const { network, server } = plan;
  if (network.pattern !== 'vpn') return [];
  const { gateway, software } = network;
  const endpoint = parseAddress(gateway.endpoint);
  const onServer = gateway.placement === 'server';
  const known = onServer ? addresses(server.addresses.public) : [];
  const shared = {
    from: everyone,
    to: onServer ? 'server' : 'gateway',
    addresses: endpoint && !known.some((address) => samePrefix(address, endpoint)) ? [...known, endpoint] : known,
    protocol: 'udp',
  } as const;
  const path = 'network.gateway.port';
  if (software.kind === 'wireguard') {
    const message = say('flow.tunnel');
    const own = { service: 'wireguard', encryption: 'wireguard', port: gateway.port } as const;
    return [{ ...shared, ...own, id: 'tunnel', reason: { message, path } }];
  }
  return IPSEC_PORTS.map((port) => ({
    ...shared,
    id: `tunnel-${port}`,
    service: 'ipsec',
    encryption: 'ipsec',
    port,
    reason: { message: say('flow.ipsec', { port }), path: 'network.software.kind' },
  }));
}
