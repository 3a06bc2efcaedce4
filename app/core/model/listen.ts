import { say } from '../messages/message.ts';
import type { Plan, Via } from '../plan/schema.ts';
import { entrance } from '../plan/ways.ts';
import type { Listen } from './model.ts';
import { readsReplicas, replicasIn } from './replicas.ts';

/**
 * The addresses in `listen_addresses`: `localhost`, and those of the server's own addresses that a client uses. A public
 * address that NAT translates isn't an address of the server and can't be bound. In a container the value is `*`.
 */
export function listen(plan: Plan): Listen[] {
  if (plan.server.platform === 'docker') {
    return [{ address: '*', late: false, reason: { message: say('listen.container'), path: 'server.platform' } }];
  }
  const byAddress = new Map<string, Listen>();
  byAddress.set('localhost', {
    address: 'localhost',
    late: false,
    reason: { message: say('listen.localhost'), path: 'administration' },
  });
  const used = plan.clients.filter((client) => !readsReplicas(client)).map(({ via }) => via);
  if (replicasIn(plan).length > 0) used.push('private');
  for (const via of new Set(used)) {
    for (const socket of sockets(plan, via)) if (!byAddress.has(socket.address)) byAddress.set(socket.address, socket);
  }
  return [...byAddress.values()];
}

function sockets(plan: Plan, via: Via): Listen[] {
  const { server, network } = plan;
  if (via === 'public' && server.publicBehindNat) {
    return server.addresses.private.map((address) => ({
      address,
      late: false,
      reason: { message: say('listen.nat'), path: 'server.publicBehindNat' },
    }));
  }
  const entry = entrance(plan, via);
  const onServer = via === 'vpn' && network.pattern === 'vpn' && network.gateway.placement === 'server';
  const id =
    via === 'vpn'
      ? onServer
        ? 'listen.vpn'
        : 'listen.gateway'
      : via === 'bastion'
        ? 'listen.bastion'
        : via === 'public'
          ? 'listen.public'
          : 'listen.private';
  return entry.addresses.map((address) => ({
    address,
    late: onServer,
    reason: { message: say(id), path: entry.path },
  }));
}
