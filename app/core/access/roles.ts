import type { Client, Plan } from '../plan/schema.ts';
import { proxyOf } from '../plan/ways.ts';
import type { Role } from './model.ts';
import { replicasIn, streamsByCertificate, streamsByPassword } from './replicas.ts';

/** Login roles that the plan's clients use, each once, in the plan's order. The superuser exists already. */
export function roles(plan: Plan): Role[] {
  const found = new Map<string, Role>();
  for (const [index, client] of plan.clients.entries()) {
    for (const [at, name] of client.roles.entries()) {
      if (name === plan.server.superuser) continue;
      const earlier = found.get(name);
      found.set(name, {
        name,
        databases: merge(earlier?.databases ?? [], client.replication === 'physical' ? [] : client.databases),
        replication: (earlier?.replication ?? false) || client.replication !== 'none',
        password: (earlier?.password ?? false) || usesPassword(client),
        certificate: (earlier?.certificate ?? false) || usesCertificate(client),
        connectionLimit: client.connectionLimit,
        validUntil: client.validUntil,
        path: earlier?.path ?? `clients.${index}.roles.${at}`,
      });
    }
  }
  for (const role of replicationRole(plan, found)) found.set(role.name, role);
  return [...found.values(), ...poolerRole(plan)];
}

/** What the replicas stream as: it logs in and replicates, and has no other right. */
function replicationRole(plan: Plan, found: ReadonlyMap<string, Role>): Role[] {
  const { network } = plan;
  if (network.pattern !== 'private' || replicasIn(plan).length === 0) return [];
  const name = network.replicationRole;
  const fresh = { databases: [], certificate: false, connectionLimit: null, validUntil: null };
  const path = 'network.replicationRole';
  const earlier = found.get(name);
  return [
    {
      ...fresh,
      path,
      ...earlier,
      name,
      replication: true,
      password: (earlier?.password ?? false) || streamsByPassword(plan),
      certificate: (earlier?.certificate ?? false) || streamsByCertificate(plan),
    },
  ];
}

/** PgBouncer's own role: it may call one function in each database that PgBouncer serves, and nothing else. */
function poolerRole(plan: Plan): Role[] {
  const proxy = proxyOf(plan, 'bastion');
  const served = plan.clients.filter(({ via }) => via === 'bastion');
  if (proxy?.kind !== 'pgbouncer' || served.length === 0) return [];
  return [
    {
      name: proxy.authRole,
      databases: served.map(({ databases }) => databases).reduce(merge, []),
      replication: false,
      password: true,
      certificate: false,
      connectionLimit: null,
      validUntil: null,
      path: 'network.proxy.authRole',
    },
  ];
}

export const usesCertificate = ({ auth }: Client): boolean => auth.method === 'cert' || auth.method === 'cert+scram';

/** The password is PostgreSQL's own; LDAP's is not. */
export const usesPassword = ({ auth }: Client): boolean => auth.method === 'scram' || auth.method === 'cert+scram';

const merge = (a: Role['databases'], b: Role['databases']): Role['databases'] =>
  a === 'all' || b === 'all' ? 'all' : [...new Set([...a, ...b])];
