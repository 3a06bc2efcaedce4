import type { Draft } from '../../draft/draft.ts';
import { withPlacement } from './placement.ts';

type Software = Extract<Draft['network'], { pattern: 'vpn' }>['software'];
export type SoftwareKind = Software['kind'];

/** The usual port of WireGuard, and the only one of IKE. */
export const PORTS: Readonly<Record<SoftwareKind, number>> = { wireguard: 51820, strongswan: 500, azure: 500 };

/** The draft with another software for its tunnel: ports and the place of the gateway go with it. */
export function withSoftware(before: Draft, software: Software): Draft {
  // The gateway of Azure stands before the server.
  const draft = software.kind === 'azure' ? withPlacement(before, true) : before;
  const { network } = draft;
  if (network.pattern !== 'vpn') return draft;
  const port = PORTS[software.kind];
  if (PORTS[network.software.kind] === port) return { ...draft, network: { ...network, software } };
  return {
    ...draft,
    network: {
      ...network,
      software,
      gateway: { ...network.gateway, port },
      peers: network.peers.map((peer) => ({
        ...peer,
        endpoint: peer.endpoint === null ? null : { ...peer.endpoint, port },
      })),
    },
  };
}
