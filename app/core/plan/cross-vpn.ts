import { contains, overlap, parseAddress, prefixText } from '../net/prefix.ts';
import { parseSource } from './fields.ts';
import { issueAt, type PlanIssue } from './result.ts';
import type { Plan, VpnNetwork } from './schema.ts';
import { type Problem, problem, shown } from './text.ts';
import { addresses, entrance, prefixes } from './ways.ts';

/** IKE starts at this port and moves to 4500 by itself (RFC 7296, 2.23). */
export const IKE_PORT = 500;

/**
 * Site-to-site tunnels that the gateway size used here supports (learn.microsoft.com, "About VPN Gateway SKUs":
 * VpnGw1AZ).
 */
const AZURE_TUNNELS = 30;

type Refuse = (path: string, found: Problem) => void;

/** What the tunnel software requires of other answers. */
export function vpnIssues(plan: Plan): PlanIssue[] {
  const { network, server } = plan;
  if (network.pattern !== 'vpn' || network.software.kind === 'wireguard') return [];
  const issues: PlanIssue[] = [];
  const refuse: Refuse = (path, found) => issues.push(issueAt(path.split('.'), found));
  const { gateway, peers, software } = network;
  if (gateway.port !== IKE_PORT) refuse('network.gateway.port', problem('vpn.ikePort', { value: gateway.port }));
  const families = new Set(addresses(entrance(plan, 'vpn').addresses).map(({ family }) => family));
  for (const [index, { endpoint, addresses: own, networks }] of peers.entries()) {
    const path = `network.peers.${index}`;
    if (endpoint && endpoint.port !== IKE_PORT)
      refuse(`${path}.endpoint.port`, problem('vpn.ikePort', { value: endpoint.port }));
    const side = [...addresses(own), ...prefixes(networks)];
    if (families.size > 0 && side.length > 0 && !side.some(({ family }) => families.has(family)))
      refuse(`${path}.addresses`, problem('vpn.family', { families: [...families].map((one) => `IPv${one}`).join() }));
  }
  if (software.kind === 'azure') azureIssues(plan, network, software.gatewaySubnet, refuse);
  else if (gateway.placement === 'server' && (server.platform === 'windows' || server.platform === 'macos'))
    refuse('network.gateway.placement', problem('vpn.linux'));
  return issues;
}

/** Azure's gateway is in its own subnet, uses IPv4 inside the tunnel, and connects to each site by its address. */
function azureIssues({ server }: Plan, network: VpnNetwork, gatewaySubnet: string, refuse: Refuse): void {
  const { gateway, peers, tunnel } = network;
  if (gateway.placement !== 'separate') refuse('network.gateway.placement', problem('azure.placement'));
  const subnet = parseSource(gatewaySubnet);
  const at = 'network.software.gatewaySubnet';
  if (subnet) {
    if (subnet.family !== 4 || subnet.length > 27)
      refuse(at, problem('azure.subnetSize', { value: shown(gatewaySubnet) }));
    const others = prefixes([...tunnel, ...peers.flatMap(({ networks }) => networks)]);
    const other = others.find((prefix) => overlap(prefix, subnet));
    const inside = addresses(server.addresses.private).find((address) => contains(subnet, address));
    if (other) refuse(at, problem('network.overlap', { value: shown(gatewaySubnet), other: prefixText(other) }));
    if (inside) refuse(at, problem('azure.subnetOwn', { value: prefixText(inside) }));
  }
  if (server.addresses.private.length > 0 && !addresses(server.addresses.private).some(({ family }) => family === 4))
    refuse('server.addresses.private', problem('azure.ipv4', { value: shown(server.addresses.private[0]) }));
  if (peers.length > AZURE_TUNNELS)
    refuse('network.peers', problem('azure.tunnels', { value: peers.length, limit: AZURE_TUNNELS }));
  for (const [index, { endpoint, addresses: own, networks }] of peers.entries()) {
    const path = `network.peers.${index}`;
    if (endpoint === null) refuse(`${path}.endpoint`, problem('azure.endpoint'));
    else if (parseAddress(endpoint.host)?.family === 6)
      refuse(`${path}.endpoint.host`, problem('azure.ipv4', { value: shown(endpoint.host) }));
    for (const [name, texts] of [
      ['addresses', own],
      ['networks', networks],
    ] as const)
      for (const [position, text] of texts.entries())
        if (parseSource(text)?.family === 6)
          refuse(`${path}.${name}.${position}`, problem('azure.ipv4', { value: shown(text) }));
  }
  if (parseAddress(gateway.endpoint)?.family === 6)
    refuse('network.gateway.endpoint', problem('azure.ipv4', { value: shown(gateway.endpoint) }));
}
