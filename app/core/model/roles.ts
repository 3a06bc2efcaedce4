import type { Client, Plan } from '../plan/schema.ts';
import { proxyOf } from '../plan/ways.ts';
import type { Role } from './model.ts';
import { replicasIn, streamsByCertificate, streamsByPassword } from './replicas.ts';

/** Login roles of the plan's clients and local services, in the plan's order, without duplicates and without the superuser. */
export function roles(plan: Plan): Role[] {
  const byName = new Map<string, Role>();
  for (const [index, client] of plan.clients.entries()) {
    for (const [at, name] of client.roles.entries()) {
      if (name === plan.server.superuser) continue;
      const earlier = byName.get(name);
      byName.set(name, {
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
  for (const role of replicationRole(plan, byName)) byName.set(role.name, role);
  for (const [index, service] of plan.administration.services.entries()) {
    if (service.role === plan.server.superuser) continue;
    const defaults = { certificate: false, connectionLimit: null, validUntil: null };
    const earlier = byName.get(service.role);
    byName.set(service.role, {
      ...defaults,
      path: `administration.services.${index}.role`,
      ...earlier,
      name: service.role,
      databases: merge(earlier?.databases ?? [], service.databases),
      replication: (earlier?.replication ?? false) || service.kind === 'backup',
      password: (earlier?.password ?? false) || service.login === 'scram',
    });
  }
  return [...byName.values(), ...poolerRole(plan)];
}

/** The role of streaming replication: LOGIN and REPLICATION, without other privileges. */
function replicationRole(plan: Plan, byName: ReadonlyMap<string, Role>): Role[] {
  const { network } = plan;
  if (network.pattern !== 'private' || replicasIn(plan).length === 0) return [];
  const name = network.replicationRole;
  const defaults = { databases: [], certificate: false, connectionLimit: null, validUntil: null };
  const path = 'network.replicationRole';
  const earlier = byName.get(name);
  return [
    {
      ...defaults,
      path,
      ...earlier,
      name,
      replication: true,
      password: (earlier?.password ?? false) || streamsByPassword(plan),
      certificate: (earlier?.certificate ?? false) || streamsByCertificate(plan),
    },
  ];
}

/** PgBouncer's `auth_user`: it may only call one function in each database that PgBouncer serves. */
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

/** The client uses a password that PostgreSQL stores, unlike with LDAP. */
export const usesPassword = ({ auth }: Client): boolean => auth.method === 'scram' || auth.method === 'cert+scram';

const merge = (a: Role['databases'], b: Role['databases']): Role['databases'] =>
  a === 'all' || b === 'all' ? 'all' : [...new Set([...a, ...b])];
