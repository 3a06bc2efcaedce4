import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { addressText, parseAddress, prefixText } from '../../net/prefix.ts';
import type { VpnNetwork } from '../../plan/schema.ts';
import type { FileDraft } from '../file.ts';
import { peerKey, peerSide } from './ipsec.ts';
import { type Tunnel, tunnelOf } from './tunnel.ts';

type AzureSoftware = Extract<VpnNetwork['software'], { kind: 'azure' }>;

/**
 * Azure's gateway and the sites that it has tunnels to. Resource names are chosen by Postern, so that a second run
 * finds them.
 */
export interface AzureVpn {
  readonly software: AzureSoftware;
  readonly tunnel: Tunnel;
  readonly sites: readonly AzureSite[];
}

export interface AzureSite {
  /** The name of its local network gateway and its connection. */
  readonly name: string;
  /** The name of its parameter for the key, in letters and digits. */
  readonly symbol: string;
  readonly label: string;
  readonly path: string;
  readonly host: { readonly kind: 'address' | 'name'; readonly text: string };
  /** The IPv4 networks behind it. */
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

/** The gateway size that both formats use: route-based, IKEv2, custom policies, not active-active. */
export const SKU = 'VpnGw1AZ';
export const GATEWAY = 'postern-vpn';
export const ADDRESS = 'postern-vpn-address';
/**
 * Azure identifies the gateway's subnet by this name (learn.microsoft.com, "About VPN Gateway configuration settings").
 */
export const SUBNET = 'GatewaySubnet';

/**
 * The same algorithms as in swanctl.conf, as Azure names them (learn.microsoft.com, "Configure custom IPsec/IKE
 * connection policies"). Lifetimes in seconds and kilobytes; strongSwan also rekeys after an hour.
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

/** The deployment prompts for the key of each site, so the sites create their keys first. */
export const keysFirst = ({ tunnel }: AzureVpn): Pick<FileDraft, 'prepare'> =>
  tunnel.peers.length === 0
    ? {}
    : {
        prepare: say('azureVpn.keysFirst', {
          commands: tunnel.peers
            .map(({ slug, peer }) => `${peer.name}: sudo bash vpn-peers/${slug}/enter-key.sh --make`)
            .join('; '),
        }),
      };
