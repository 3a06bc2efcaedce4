import { addressText } from '../net/prefix.ts';
import { issueAt, type PlanIssue } from './result.ts';
import type { Plan } from './schema.ts';
import { type Problem, problem, shown } from './text.ts';
import { addresses } from './ways.ts';

/** Invalid read replicas: two with the same name or address, or a replication role that is used otherwise. */
export function replicaIssues(plan: Plan): PlanIssue[] {
  const { network, server } = plan;
  if (network.pattern !== 'private' || network.replicas.length === 0) return [];
  const issues: PlanIssue[] = [];
  const refuse = (path: string, found: Problem) => issues.push(issueAt(path.split('.'), found));
  if (server.addresses.private.length === 0) refuse('server.addresses.private', problem('replica.primaryAddress'));
  const taken = new Set(addresses(Object.values(server.addresses).flat()).map(addressText));
  const names = new Set(server.name === null ? [] : [server.name.toLowerCase()]);
  const families = new Set(addresses(server.addresses.private).map(({ family }) => family));
  for (const [index, replica] of network.replicas.entries()) {
    const path = `network.replicas.${index}`;
    if (names.has(replica.name.toLowerCase()))
      refuse(`${path}.name`, problem('replica.sameName', { value: shown(replica.name) }));
    names.add(replica.name.toLowerCase());
    for (const [at, text] of replica.addresses.entries()) {
      for (const address of addresses([text])) {
        if (taken.has(addressText(address)))
          refuse(`${path}.addresses.${at}`, problem('replica.sameAddress', { value: shown(text) }));
        taken.add(addressText(address));
      }
    }
    if (families.size > 0 && !addresses(replica.addresses).some(({ family }) => families.has(family)))
      refuse(`${path}.addresses`, problem('replica.family', { value: shown(replica.name) }));
  }
  const role = network.replicationRole;
  if (role === server.superuser)
    refuse('network.replicationRole', problem('replica.superuser', { value: shown(role) }));
  for (const [index, client] of plan.clients.entries()) {
    const at = client.roles.indexOf(role);
    if (at >= 0 && client.replication !== 'physical')
      refuse(`clients.${index}.roles.${at}`, problem('replica.role', { value: shown(role) }));
    if (client.endpoint === 'replica' && client.via === 'socket')
      refuse(`clients.${index}.endpoint`, problem('replica.socket'));
  }
  return issues;
}
