import { parseAddress } from '../net/prefix.ts';
import type { Client, Plan } from '../plan/schema.ts';
import { addresses, entrance, prefixes } from '../plan/ways.ts';
import type { ClientAccess, Endpoint } from './model.ts';
import { slugs } from './slug.ts';

/** Each client as it meets the server. */
export function clientAccess(plan: Plan): ClientAccess[] {
  const names = slugs(plan.clients.map((client) => client.name));
  return plan.clients.map((client, index) => {
    const sources = prefixes(client.sources);
    return {
      index,
      client,
      path: `clients.${index}`,
      slug: names[index] ?? `n${index + 1}`,
      sources,
      seenAs:
        client.via === 'bastion' && plan.network.pattern === 'bastion'
          ? addresses(plan.network.privateAddresses)
          : sources,
      addresses: entrance(plan, client.via).addresses,
      endpoints: endpoints(plan, client),
    };
  });
}

/** The servers that a client is given: by name where there is one, else by the address on its way. */
function endpoints(plan: Plan, client: Client): Endpoint[] {
  const { server, network } = plan;
  if (client.endpoint === 'replica' && network.pattern === 'private') {
    return network.replicas.map((replica) => ({
      host: replica.name,
      address: replica.addresses[0] ?? null,
      port: server.port,
    }));
  }
  const address = entrance(plan, client.via).addresses.find((text) => parseAddress(text)) ?? null;
  return [{ host: server.name ?? address ?? 'localhost', address, port: server.port }];
}
