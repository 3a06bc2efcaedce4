import { type Message, say } from '../messages/message.ts';
import { type Prefix, parseAddress } from '../net/prefix.ts';
import { PrefixIndex } from '../net/prefix-index.ts';
import type { Client, Plan } from '../plan/schema.ts';
import { addresses, entrance, prefixes, proxyOf } from '../plan/ways.ts';
import type { ClientAccess, Endpoint } from './model.ts';
import { readsReplicas, replicasIn } from './replicas.ts';
import { slugs } from './slug.ts';

/** Each client with the addresses that follow from the plan. */
export function clientAccess(plan: Plan): ClientAccess[] {
  const names = slugs(plan.clients.map((client) => client.name));
  const peers = peerNetworks(plan);
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
      peers: client.via === 'vpn' ? peersAt(peers, sources) : [],
      seenBecause: seenBecause(plan, client),
      addresses: readsReplicas(client)
        ? replicasIn(plan).flatMap((replica) => replica.addresses)
        : entrance(plan, client.via).addresses,
    };
  });
}

/** Addresses of VPN peers and networks behind them, each with the index of the peer. */
const peerNetworks = ({ network }: Plan): PrefixIndex<number> =>
  new PrefixIndex(
    network.pattern === 'vpn'
      ? network.peers.flatMap((peer, index) =>
          [...addresses(peer.addresses), ...prefixes(peer.networks)].map((prefix) => [prefix, index] as const),
        )
      : [],
  );

/** Host ids of the peers whose addresses or networks overlap these sources. */
const peersAt = (peers: PrefixIndex<number>, sources: readonly Prefix[]): string[] =>
  [...new Set(sources.flatMap((source) => peers.overlapping(source)))]
    .toSorted((a, b) => a - b)
    .map((index) => `peer-${index}`);

/** Which machine opens the TCP connection that PostgreSQL receives. */
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

/** The endpoints that a client connects to: a host name if there is one, else the address that the client reaches. */
export function endpoints(plan: Plan, client: Client): Endpoint[] {
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
