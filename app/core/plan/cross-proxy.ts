import { isPgbouncerDatabase } from '../quote/pgbouncer.ts';
import { issueAt, type PlanIssue } from './result.ts';
import type { Client, Plan } from './schema.ts';
import { type Problem, problem, shown } from './text.ts';
import { addresses, proxyOf } from './ways.ts';

/** What a proxy on the bastion does not support for the clients of the plan. */
export function proxyIssues(plan: Plan): PlanIssue[] {
  const { network, server } = plan;
  const proxy = proxyOf(plan, 'bastion');
  if (network.pattern !== 'bastion' || !proxy) return [];
  const issues: PlanIssue[] = [];
  const refuse = (path: string, found: Problem) => issues.push(issueAt(path.split('.'), found));
  if (network.publicAddresses.length === 0) refuse('network.publicAddresses', problem('proxy.publicNeeded'));
  if (proxy.port === network.port) refuse('network.proxy.port', problem('proxy.sshPort', { value: proxy.port }));
  const inside = new Set(addresses(server.addresses.private).map(({ family }) => family));
  if (inside.size > 0 && !addresses(network.privateAddresses).some(({ family }) => inside.has(family)))
    refuse('network.privateAddresses', problem('proxy.family'));
  if (proxy.kind !== 'pgbouncer') return issues;
  if (proxy.authRole === server.superuser)
    refuse('network.proxy.authRole', problem('pgbouncer.superuser', { value: shown(proxy.authRole) }));
  for (const [index, client] of plan.clients.entries()) {
    const path = `clients.${index}`;
    const at = client.roles.indexOf(proxy.authRole);
    if (at >= 0) refuse(`${path}.roles.${at}`, problem('pgbouncer.authRole', { value: shown(proxy.authRole) }));
    if (client.via === 'bastion') pooled(client, server.superuser, path, refuse);
  }
  return issues;
}

function pooled(client: Client, superuser: string, path: string, refuse: (path: string, found: Problem) => void): void {
  if (client.auth.method !== 'scram')
    refuse(`${path}.auth.method`, problem('pgbouncer.method', { value: client.auth.method }));
  if (client.replication !== 'none') refuse(`${path}.replication`, problem('pgbouncer.replication'));
  if (client.databases === 'all') refuse(`${path}.databases`, problem('pgbouncer.all'));
  else
    for (const [index, name] of client.databases.entries())
      if (!isPgbouncerDatabase(name))
        refuse(`${path}.databases.${index}`, problem('pgbouncer.console', { value: shown(name) }));
  const at = client.roles.indexOf(superuser);
  if (at >= 0) refuse(`${path}.roles.${at}`, problem('pgbouncer.superuser', { value: shown(superuser) }));
}
