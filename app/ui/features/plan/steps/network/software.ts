import type { Draft } from '../../../../shared/draft/draft.ts';
import { withPlacement } from './placement.ts';

type Software = Extract<Draft['network'], { pattern: 'vpn' }>['software'];
export type SoftwareKind = Software['kind'];

/** The default port of WireGuard, and the only port of IKE. */
export const PORTS: Readonly<Record<SoftwareKind, number>> = { wireguard: 51820, strongswan: 500, azure: 500 };

/** The draft with another tunnel software: ports and the place of the gateway change with it. */
export function withSoftware(before: Draft, software: Software): Draft {
  // Azure's gateway is in front of the server.
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
