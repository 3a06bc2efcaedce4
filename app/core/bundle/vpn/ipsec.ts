import type { AccessModel } from '../../model/model.ts';
import { stableSlug } from '../../model/slug.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { VpnNetwork } from '../../plan/schema.ts';
import type { Machine } from '../file.ts';
import { type Tunnel, type TunnelPeer, tunnelOf } from './tunnel.ts';

/** How the two ends authenticate. */
export type IpsecAuthentication = Extract<VpnNetwork['software'], { kind: 'strongswan' }>['authentication'];

/** A tunnel of IKEv2 and ESP, with strongSwan at both ends or Azure at one. */
export interface Ipsec {
  readonly tunnel: Tunnel;
  readonly authentication: IpsecAuthentication;
  readonly azure: boolean;
}

export function ipsecOf(model: AccessModel): Ipsec | undefined {
  const tunnel = tunnelOf(model);
  if (!tunnel) return undefined;
  const { software } = tunnel.network;
  if (software.kind === 'wireguard') return undefined;
  return software.kind === 'azure'
    ? { tunnel, authentication: 'psk', azure: true }
    : { tunnel, authentication: software.authentication, azure: false };
}

/**
 * Proposals of both phases, which Azure also supports (learn.microsoft.com, "IPsec/IKE policy"): AES-256 with SHA-384
 * for IKE, AES-256-GCM for the packets, and a new P-384 key exchange for each key.
 */
export const IKE_PROPOSAL = 'aes256-sha384-ecp384';
export const ESP_PROPOSAL = 'aes256gcm16-ecp384';

/** The IKE identities of both ends. `.internal` is for private use and never in the public DNS (ICANN, 2024-07-29). */
export const GATEWAY_ID = 'gateway.postern.internal';
/** A peer keeps its identity regardless of the other peers in the plan: its key is bound to it. */
export const peerKey = ({ peer }: TunnelPeer): string => stableSlug(peer.name);
export const peerId = (peer: TunnelPeer): string => `${peerKey(peer)}.peer.postern.internal`;

/** A peer with networks behind it, or one that is called, has its own address; the others are assigned theirs. */
export const hasOwnAddress = ({ peer, behind }: TunnelPeer): boolean => behind.length > 0 || peer.endpoint !== null;

/** What the gateway's end of a tunnel covers: the database, and a gateway's own addresses in the tunnel. */
export const gatewaySide = ({ tunnel, azure }: Ipsec): Prefix[] => {
  const all = tunnel.onServer ? tunnel.database : [...tunnel.database, ...tunnel.own];
  return azure ? all.filter(({ family }) => family === 4) : [...all];
};
export const peerSide = ({ own, behind }: TunnelPeer): Prefix[] => [...own, ...behind];

/** Where strongSwan's packages install their files: EPEL nests them in a folder. */
export interface IpsecPaths {
  /** Read by `swanctl --load-all`. */
  readonly swanctl: string;
  /** Read by the daemon at its start. */
  readonly strongswan: string;
}

export const ipsecPaths = (model: AccessModel, machine: Machine): IpsecPaths =>
  machine === 'database-server' && model.platform.platform === 'rhel'
    ? { swanctl: '/etc/strongswan/swanctl', strongswan: '/etc/strongswan/strongswan.d' }
    : { swanctl: '/etc/swanctl', strongswan: '/etc/strongswan.d' };

/** The machine where all tunnels end, and its folder in the archive. */
export const gatewayMachine = ({ tunnel }: Ipsec): { readonly machine: Machine; readonly folder: string } =>
  tunnel.onServer
    ? { machine: 'database-server', folder: 'database-server/strongswan' }
    : { machine: 'vpn-gateway', folder: 'vpn-gateway' };
