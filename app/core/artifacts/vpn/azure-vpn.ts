import type { AccessModel } from '../../access/model.ts';
import { addressText, parseAddress, prefixText } from '../../net/prefix.ts';
import type { VpnNetwork } from '../../plan/schema.ts';
import { peerKey, peerSide } from './ipsec.ts';
import { type Tunnel, tunnelOf } from './tunnel.ts';

type AzureSoftware = Extract<VpnNetwork['software'], { kind: 'azure' }>;

/** Azure's gateway and the sites that it has tunnels to. Names of resources are ours, so that a second run finds them. */
export interface AzureVpn {
  readonly software: AzureSoftware;
  readonly tunnel: Tunnel;
  readonly sites: readonly AzureSite[];
}

export interface AzureSite {
  /** Names its local network gateway and its connection. */
  readonly name: string;
  /** Names its parameter for the key, in letters and digits. */
  readonly symbol: string;
  readonly label: string;
  readonly path: string;
  readonly host: { readonly kind: 'address' | 'name'; readonly text: string };
  /** What is found behind it, of IPv4. */
  readonly networks: readonly string[];
}

export function azureVpnOf(model: AccessModel): AzureVpn | undefined {
  const tunnel = tunnelOf(model);
  if (tunnel?.network.software.kind !== 'azure') return undefined;
  return {
    software: tunnel.network.software,
    tunnel,
    sites: tunnel.peers.map((peer, index): AzureSite => {
      const host = peer.peer.endpoint?.host ?? '';
      const address = parseAddress(host);
      return {
        name: `postern-site-${peerKey(peer)}`,
        symbol: `site${index + 1}`,
        label: peer.peer.name,
        path: peer.path,
        host: address ? { kind: 'address', text: addressText(address) } : { kind: 'name', text: host },
        networks: peerSide(peer)
          .filter(({ family }) => family === 4)
          .map(prefixText),
      };
    }),
  };
}

/** The one size that both formats ask for: route-based, IKEv2, policies of one's own, no active-active pair. */
export const SKU = 'VpnGw1AZ';
export const GATEWAY = 'postern-vpn';
export const ADDRESS = 'postern-vpn-address';
/** Azure finds the gateway's place by this name (learn.microsoft.com, "About VPN Gateway configuration settings"). */
export const SUBNET = 'GatewaySubnet';

/**
 * The same algorithms as in swanctl.conf, in Azure's words (learn.microsoft.com, "Configure custom IPsec/IKE connection
 * policies"). Lifetimes in seconds and kilobytes; strongSwan gives its keys an hour as well.
 */
export const POLICY = {
  ikeEncryption: 'AES256',
  ikeIntegrity: 'SHA384',
  dhGroup: 'ECP384',
  ipsecEncryption: 'GCMAES256',
  ipsecIntegrity: 'GCMAES256',
  pfsGroup: 'ECP384',
  saLifeTimeSeconds: 3600,
  saDataSizeKilobytes: 102400000,
} as const;
