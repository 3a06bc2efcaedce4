import { prefixDoubt } from '../postgres/log-prefix.ts';
import { issueAt, type PlanIssue } from './result.ts';
import type { Plan } from './schema.ts';
import { type Problem, problem } from './text.ts';

/** What the log must be like for those who read it. */
export function monitoringIssues({ monitoring, server }: Plan): PlanIssue[] {
  const issues: PlanIssue[] = [];
  const refuse = (path: string, found: Problem) => issues.push(issueAt(path.split('.'), found));
  if (monitoring.log === 'jsonlog' && server.major < 15)
    refuse('monitoring.log', problem('monitoring.json', { value: server.major }));
  if (monitoring.fail2ban === 'none') return issues;
  const journal = monitoring.fail2ban === 'journal';
  if (server.platform !== 'debian' && server.platform !== 'rhel')
    refuse('monitoring.fail2ban', problem('monitoring.platform', { value: server.platform }));
  // Its expression is written, and not yet proven on a real journal.
  if (journal) refuse('monitoring.fail2ban', problem('monitoring.journal'));
  // fail2ban looks for files when it starts, so it would not see the file of the next day.
  if (!journal && (monitoring.log !== 'stderr' || server.platform === 'rhel'))
    refuse('monitoring.fail2ban', problem('monitoring.file'));
  const doubt = monitoring.linePrefix === null ? undefined : prefixDoubt(monitoring.linePrefix, journal);
  if (doubt !== undefined) refuse('monitoring.linePrefix', problem(`monitoring.${doubt}`));
  return issues;
}
