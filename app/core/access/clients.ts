import { type Message, say } from '../messages/message.ts';
import { overlap, type Prefix, parseAddress } from '../net/prefix.ts';
import type { Client, Plan } from '../plan/schema.ts';
import { addresses, entrance, prefixes, proxyOf } from '../plan/ways.ts';
import type { ClientAccess, Endpoint } from './model.ts';
import { readsReplicas, replicasIn } from './replicas.ts';
import { slugs } from './slug.ts';

/** Each client as it meets the server. */
export function clientAccess(plan: Plan): ClientAccess[] {
  const names = slugs(plan.clients.map((client) => client.name));
  return plan.clients.map((client, index) => {
    const sources = prefixes(client.sources);
    return {
      index,
      client,
      path: `clients.${index}`,
      slug: names[index] ?? `n${index + 1}`,
      sources,
      seenAs:
        client.via === 'bastion' && plan.network.pattern === 'bastion'
          ? addresses(plan.network.privateAddresses)
          : sources,
      peers: client.via === 'vpn' ? peersAt(plan, sources) : [],
      seenBecause: seenBecause(plan, client),
      addresses: readsReplicas(client)
        ? replicasIn(plan).flatMap((replica) => replica.addresses)
        : entrance(plan, client.via).addresses,
      endpoints: endpoints(plan, client),
    };
  });
}

/** The peers with an address or a network among those. */
function peersAt({ network }: Plan, sources: readonly Prefix[]): string[] {
  if (network.pattern !== 'vpn') return [];
  return network.peers.flatMap((peer, index) => {
    const own = [...addresses(peer.addresses), ...prefixes(peer.networks)];
    return own.some((prefix) => sources.some((source) => overlap(source, prefix))) ? [`peer-${index}`] : [];
  });
}

/** Which machine on the way makes the connection that PostgreSQL sees. */
function seenBecause(plan: Plan, client: Client): Message {
  const { network, server } = plan;
  if (client.via === 'socket') return say('seen.socket');
  if (client.via === 'bastion' && network.pattern === 'bastion') {
    const values = { bastion: network.name, addresses: network.privateAddresses.join(', ') };
    const { proxy } = network;
    return say(
      proxy.kind === 'pgbouncer' ? 'seen.pgbouncer' : proxy.kind === 'haproxy' ? 'seen.haproxy' : 'seen.ssh',
      values,
    );
  }
  if (client.via === 'vpn') return say('seen.vpn');
  return say(client.via === 'public' && server.publicBehindNat ? 'seen.nat' : 'seen.direct');
}

/** The servers that a client is given: by name where there is one, else by the address on its way. */
function endpoints(plan: Plan, client: Client): Endpoint[] {
  const { server, network } = plan;
  if (readsReplicas(client)) {
    return replicasIn(plan).map((replica) => ({
      host: replica.name,
      address: replica.addresses[0] ?? null,
      port: server.port,
    }));
  }
  const proxy = proxyOf(plan, client.via);
  if (proxy && network.pattern === 'bastion')
    return [{ host: network.name, address: network.publicAddresses[0] ?? null, port: proxy.port }];
  const address = entrance(plan, client.via).addresses.find((text) => parseAddress(text)) ?? null;
  return [{ host: server.name ?? address ?? 'localhost', address, port: server.port }];
}
