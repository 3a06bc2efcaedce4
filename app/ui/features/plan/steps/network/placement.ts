import type { Draft } from '../../../../shared/draft/draft.ts';

/** Usual addresses of a gateway and of a server behind it, for a plan that has none yet. */
const behindGateway = { gateway: ['10.0.2.1', 'fd00:0:0:2::1'], server: ['10.0.2.10', 'fd00:0:0:2::10'] } as const;

/**
 * The draft with the tunnel's end on another machine. The address in the tunnel moves with it; missing answers are
 * filled in.
 */
export function withPlacement(draft: Draft, separate: boolean): Draft {
  const { network, server } = draft;
  if (network.pattern !== 'vpn') return draft;
  const { gateway } = network;
  const inTunnel = gateway.placement === 'server' ? server.addresses.vpn : gateway.addresses;
  const or = (own: readonly string[], usual: readonly string[]) => [...(own.length > 0 ? own : usual)];
  return {
    ...draft,
    network: {
      ...network,
      gateway: {
        ...gateway,
        placement: separate ? 'separate' : 'server',
        addresses: separate ? inTunnel : [],
        privateAddresses: separate ? or(gateway.privateAddresses, behindGateway.gateway) : gateway.privateAddresses,
      },
    },
    server: {
      ...server,
      addresses: {
        ...server.addresses,
        private: separate ? or(server.addresses.private, behindGateway.server) : server.addresses.private,
        vpn: separate ? [] : inTunnel,
      },
    },
  };
}
