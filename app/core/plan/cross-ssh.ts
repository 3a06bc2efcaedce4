import { issueAt, type PlanIssue } from './result.ts';
import type { Plan } from './schema.ts';
import { problem } from './text.ts';

/** What else certificates and the tunnel service on the bastion require. */
export function sshIssues({ network }: Plan): PlanIssue[] {
  if (network.pattern !== 'bastion') return [];
  const { ssh, users, groups } = network;
  const issues: PlanIssue[] = [];
  const nobody = users.length + groups.length === 0;
  if (ssh.authority && nobody) issues.push(issueAt(['network', 'ssh', 'authority'], problem('ssh.nobody')));
  if (ssh.service && nobody) issues.push(issueAt(['network', 'ssh', 'service'], problem('ssh.nobody')));
  else if (ssh.service && ssh.hostKeys.length === 0)
    issues.push(issueAt(['network', 'ssh', 'service'], problem('ssh.servicePinned')));
  return issues;
}
