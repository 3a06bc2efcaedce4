import { say } from '../messages/message.ts';
import { samePrefix } from '../net/prefix.ts';
import type { Client, Plan, PrivateNetwork } from '../plan/schema.ts';
import { addresses, prefixes } from '../plan/ways.ts';
import type { Flow, Grant } from './model.ts';
import { slugs } from './slug.ts';

/** A read replica: a server of its own with its own records, which streams from the primary. */
export interface Replica {
  readonly index: number;
  readonly name: string;
  /** Its name as part of file names, unique in the plan; also that of its certificate. */
  readonly slug: string;
  readonly addresses: readonly string[];
  /** Name of its slot on the primary; null where the plan has none. */
  readonly slot: string | null;
  readonly path: string;
}

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

/** A slot's name has lower-case letters, digits and underscores only, at most 63 (`slot.c`, `ReplicationSlotValidateName`). */
const slotName = (slug: string) => `postern_${slug.replaceAll('-', '_')}`;

/** Clients of the replicas: they have no record on the primary, and the primary's have none on the replicas. */
export const readsReplicas = ({ endpoint, via }: Client): boolean => endpoint === 'replica' && via !== 'socket';

/** Whether the replicas prove themselves by certificates. */
export const streamsByCertificate = ({ network }: Plan): boolean =>
  network.pattern === 'private' && network.replicas.length > 0 && network.replicationAuth !== 'scram';

/** Whether the replicas prove themselves by a password. */
export const streamsByPassword = ({ network }: Plan): boolean =>
  network.pattern === 'private' && network.replicas.length > 0 && network.replicationAuth !== 'cert';

/** The records on the primary by which the replicas stream, unless a client of the plan says the same already. */
export function streamGrants(plan: Plan, proof: Pick<Grant, 'method' | 'options'>): Grant[] {
  const { network } = plan;
  if (network.pattern !== 'private') return [];
  const said = plan.clients
    .filter(({ replication, tls }) => replication === 'physical' && tls === 'require')
    .filter(({ auth }) => auth.method === network.replicationAuth)
    .filter(({ roles, endpoint }) => endpoint === 'primary' && roles.includes(network.replicationRole))
    .flatMap(({ sources }) => prefixes(sources));
  return network.replicas.flatMap((replica, index) =>
    addresses(replica.addresses)
      .filter((address) => !said.some((other) => samePrefix(other, address)))
      .map(
        (address): Grant => ({
          section: 'replication',
          connection: 'hostssl',
          databases: [{ kind: 'replication' }],
          roles: [{ kind: 'name', name: network.replicationRole }],
          address,
          ...proof,
          reason: {
            message: say(`grant.stream.${network.replicationAuth}`, {
              replica: replica.name,
              role: network.replicationRole,
            }),
            path: `network.replicas.${index}`,
          },
        }),
      ),
  );
}

/** Each replica reaches the primary, and says what it needs. */
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
