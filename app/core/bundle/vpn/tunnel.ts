import type { AccessModel, Flow } from '../../model/model.ts';
import { slugs } from '../../model/slug.ts';
import { addressText, contains, type Prefix, parseAddress } from '../../net/prefix.ts';
import { PrefixIndex } from '../../net/prefix-index.ts';
import type { Peer, Plan, VpnNetwork } from '../../plan/schema.ts';
import { addresses, prefixes } from '../../plan/ways.ts';

/** The interface's name, which is also the name of its files and its unit on every machine. */
export const INTERFACE = 'postern';

/** A tunnel as the files need it. */
export interface Tunnel {
  readonly plan: Plan;
  readonly network: VpnNetwork;
  /** The tunnel's own networks. */
  readonly networks: readonly Prefix[];
  /** Whether it ends on the database server itself. */
  readonly onServer: boolean;
  /** The addresses of the end that all peers connect to. */
  readonly own: readonly Prefix[];
  readonly ownPath: string;
  /** Where a peer reaches the database: in the tunnel, or behind the gateway. */
  readonly database: readonly Prefix[];
  readonly peers: readonly TunnelPeer[];
  /** The page of its software. */
  readonly page: string;
}

export interface TunnelPeer {
  readonly peer: Peer;
  readonly slug: string;
  readonly path: string;
  readonly own: readonly Prefix[];
  readonly behind: readonly Prefix[];
}

const PAGES = { wireguard: 'wireguard', strongswan: 'strongswan', azure: 'azure-vpn' } as const;

/** The plan's tunnel, or undefined for the other patterns. */
export function tunnelOf({ plan }: AccessModel): Tunnel | undefined {
  const { network, server } = plan;
  if (network.pattern !== 'vpn') return undefined;
  const onServer = network.gateway.placement === 'server';
  const names = slugs(network.peers.map(({ name }) => name));
  return {
    plan,
    network,
    networks: prefixes(network.tunnel),
    onServer,
    page: PAGES[network.software.kind],
    own: addresses(onServer ? server.addresses.vpn : network.gateway.addresses),
    ownPath: onServer ? 'server.addresses.vpn' : 'network.gateway.addresses',
    database: addresses(onServer ? server.addresses.vpn : server.addresses.private),
    peers: network.peers.map((peer, index) => ({
      peer,
      slug: names[index] ?? `n${index + 1}`,
      path: `network.peers.${index}`,
      own: addresses(peer.addresses),
      behind: prefixes(peer.networks),
    })),
  };
}

/** The plan's tunnel if it uses WireGuard. */
export function wireGuardOf(model: AccessModel): Tunnel | undefined {
  const tunnel = tunnelOf(model);
  return tunnel?.network.software.kind === 'wireguard' ? tunnel : undefined;
}

/** What the gateway forwards to the database server: the flows of the model that come out of the tunnel. */
export function forwarded(
  model: AccessModel,
  tunnel: Tunnel,
): { readonly flow: Flow; readonly from: readonly Prefix[] }[] {
  const networks = [...tunnel.networks, ...tunnel.peers.flatMap(({ behind }) => behind)];
  const remote = new PrefixIndex(networks.map((prefix, place) => [prefix, { prefix, place }] as const));
  return model.flows
    .filter(({ to, service }) => to === 'server' && service !== 'wireguard' && service !== 'ipsec')
    .map((flow) => ({ flow, from: throughTunnel(flow.from, remote) }))
    .filter(({ from }) => from.length > 0);
}

/** The part of some networks that is inside others: of `0.0.0.0/0` only what the tunnel can carry. */
function throughTunnel(networks: readonly Prefix[], remote: PrefixIndex<Remote>): Prefix[] {
  return networks.flatMap((network) =>
    remote
      .overlapping(network)
      .toSorted((a, b) => a.place - b.place)
      .map(({ prefix }) => (contains(network, prefix) ? prefix : network)),
  );
}

/** A network at the remote end, and its plan path. */
interface Remote {
  readonly prefix: Prefix;
  readonly place: number;
}

/** A host and a port as WireGuard and SSH write them: IPv6 in brackets. */
export function endpointText(host: string, port: number): string {
  const address = parseAddress(host);
  return address?.family === 6 ? `[${addressText(address)}]:${port}` : `${host}:${port}`;
}
