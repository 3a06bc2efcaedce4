import { prefixDoubt } from '../postgres/log-prefix.ts';
import type { Platform } from '../postgres/platform.ts';
import { issueAt, type PlanIssue } from './result.ts';
import type { Plan } from './schema.ts';
import { type Problem, problem } from './text.ts';

/**
 * Platforms on which a server finds a daemon at /dev/log: not in a container, and not on Windows; macOS hides what is
 * sent to it.
 */
const SYSLOG: readonly Platform[] = ['debian', 'rhel', 'source'];

/** What the readers of the log require of it. */
export function monitoringIssues({ monitoring, server }: Plan): PlanIssue[] {
  const issues: PlanIssue[] = [];
  const refuse = (path: string, found: Problem) => issues.push(issueAt(path.split('.'), found));
  if (monitoring.log === 'jsonlog' && server.major < 15)
    refuse('monitoring.log', problem('monitoring.json', { value: server.major }));
  if (monitoring.log === 'syslog' && !SYSLOG.includes(server.platform))
    refuse('monitoring.log', problem('monitoring.syslog', { value: server.platform }));
  if (monitoring.fail2ban === 'none') return issues;
  const journal = monitoring.fail2ban === 'journal';
  if (server.platform !== 'debian' && server.platform !== 'rhel')
    refuse('monitoring.fail2ban', problem('monitoring.platform', { value: server.platform }));
  // Output through stderr has no numbered lines, and a name with a line break would start its own lines.
  else if (journal && monitoring.log !== 'syslog') refuse('monitoring.fail2ban', problem('monitoring.journal'));
  // fail2ban looks for files when it starts, so it would not see the file of the next day.
  else if (!journal && (monitoring.log === 'syslog' || server.platform === 'rhel'))
    refuse('monitoring.fail2ban', problem('monitoring.file'));
  const doubt = monitoring.linePrefix === null ? undefined : prefixDoubt(monitoring.linePrefix);
  if (doubt !== undefined) refuse('monitoring.linePrefix', problem(`monitoring.${doubt}`));
  return issues;
}
