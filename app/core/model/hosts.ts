import type { Plan } from '../plan/schema.ts';
import type { Host } from './model.ts';

/** Every machine in the plan, the server first. */
export function hosts(plan: Plan): Host[] {
  const { server, network } = plan;
  const own: Host = {
    id: 'server',
    kind: 'server',
    name: 'database server',
    addresses: [...server.addresses.public, ...server.addresses.private, ...server.addresses.vpn],
    path: 'server',
  };
  switch (network.pattern) {
    case 'direct':
      return [own];
    case 'private':
      return [
        own,
        ...network.replicas.map((replica, index): Host => {
          const path = `network.replicas.${index}`;
          return { id: `replica-${index}`, kind: 'replica', name: replica.name, addresses: replica.addresses, path };
        }),
      ];
    case 'bastion':
      return [
        own,
        {
          id: 'bastion',
          kind: 'bastion',
          name: network.name,
          addresses: [...network.publicAddresses, ...network.privateAddresses],
          path: 'network',
        },
      ];
    case 'vpn': {
      const { gateway, software } = network;
      const separate: Host = {
        id: 'gateway',
        kind: 'gateway',
        name: gateway.name,
        addresses: [...gateway.addresses, ...gateway.privateAddresses],
        ...(software.kind === 'azure' ? { managed: true } : {}),
        path: 'network.gateway',
      };
      const peers = network.peers.map((peer, index): Host => {
        return {
          id: `peer-${index}`,
          kind: 'peer',
          name: peer.name,
          addresses: peer.addresses,
          path: `network.peers.${index}`,
        };
      });
      return gateway.placement === 'separate' ? [own, separate, ...peers] : [own, ...peers];
    }
  }
}
