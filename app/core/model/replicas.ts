import { say } from '../messages/message.ts';
import { prefixKey } from '../net/prefix.ts';
import type { Client, Plan, PrivateNetwork } from '../plan/schema.ts';
import { addresses, prefixes } from '../plan/ways.ts';
import type { Flow, HbaEntry, Replica } from './model.ts';
import { slugs } from './slug.ts';

/** The read replicas of a plan; none outside a private subnet. */
export const replicasIn = (plan: Plan): PrivateNetwork['replicas'] =>
  plan.network.pattern === 'private' ? plan.network.replicas : [];

export function replicas(plan: Plan): Replica[] {
  const { network } = plan;
  const names = slugs(replicasIn(plan).map(({ name }) => name));
  return replicasIn(plan).map(({ name, addresses: own }, index) => {
    const slug = names[index] ?? `n${index + 1}`;
    return {
      index,
      name,
      slug,
      addresses: own,
      slot: network.pattern === 'private' && network.slots ? slotName(slug) : null,
      path: `network.replicas.${index}`,
    };
  });
}

/** A slot name has only lower-case letters, digits and underscores, at most 63 characters (`ReplicationSlotValidateName` in `slot.c`). */
const slotName = (slug: string) => `postern_${slug.replaceAll('-', '_')}`;

/** The client connects to the replicas. It has no record on the primary; clients of the primary have none on the replicas. */
export const readsReplicas = ({ endpoint, via }: Client): boolean => endpoint === 'replica' && via !== 'socket';

/** Whether the replicas authenticate with certificates. */
export const streamsByCertificate = ({ network }: Plan): boolean =>
  network.pattern === 'private' && network.replicas.length > 0 && network.replicationAuth !== 'scram';

/** Whether the replicas authenticate with a password. */
export const streamsByPassword = ({ network }: Plan): boolean =>
  network.pattern === 'private' && network.replicas.length > 0 && network.replicationAuth !== 'cert';

/** Records on the primary for streaming replication, except where a client of the plan already has the same record. */
export function streamEntries(plan: Plan, proof: Pick<HbaEntry, 'method' | 'options'>): HbaEntry[] {
  const { network } = plan;
  if (network.pattern !== 'private') return [];
  const existing = plan.clients
    .filter(({ replication, tls }) => replication === 'physical' && tls === 'require')
    .filter(({ auth }) => auth.method === network.replicationAuth)
    .filter(({ roles, endpoint }) => endpoint === 'primary' && roles.includes(network.replicationRole))
    .flatMap(({ sources }) => prefixes(sources).map(prefixKey));
  const existingKeys = new Set(existing);
  return network.replicas.flatMap((replica, index) =>
    addresses(replica.addresses)
      .filter((address) => !existingKeys.has(prefixKey(address)))
      .map(
        (address): HbaEntry => ({
          section: 'replication',
          connection: 'hostssl',
          databases: [{ kind: 'replication' }],
          roles: [{ kind: 'name', name: network.replicationRole }],
          address,
          ...proof,
          reason: {
            message: say(`hbaEntry.stream.${network.replicationAuth}`, {
              replica: replica.name,
              role: network.replicationRole,
            }),
            path: `network.replicas.${index}`,
          },
        }),
      ),
  );
}

/** Flows from each replica to the primary for streaming replication. */
export function streamFlows(plan: Plan): Flow[] {
  return replicasIn(plan).map((replica, index) => ({
    id: `replica-${index}-stream`,
    from: addresses(replica.addresses),
    fromHost: `replica-${index}`,
    to: 'server',
    addresses: addresses(plan.server.addresses.private),
    port: plan.server.port,
    protocol: 'tcp',
    service: 'postgresql',
    encryption: 'tls',
    reason: { message: say('flow.stream', { replica: replica.name }), path: `network.replicas.${index}` },
  }));
}
