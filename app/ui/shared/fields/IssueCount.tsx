import { useShallow } from 'zustand/react/shallow';
import type { PlanIssue } from '../../../core/index.ts';
import { countIssues, type IssueCounts, issuesOf } from '../answers/issues.ts';
import { useAnswers } from '../answers/store.ts';
import { t } from '../messages/translate.ts';

export const useIssueCounts = (counts: (issue: PlanIssue) => boolean): IssueCounts =>
  useAnswers(useShallow((state) => countIssues(issuesOf(state), counts)));

/** The number of problems, or without any that of answers to give; nothing for neither. */
export function IssueCount({
  of: { invalid, open },
  className,
}: {
  readonly of: IssueCounts;
  readonly className: string;
}) {
  if (invalid > 0) return <span className={`${className} text-deny`}>{t('problems.count', { count: invalid })}</span>;
  if (open > 0) return <span className={`${className} text-muted`}>{t('problems.open', { count: open })}</span>;
  return null;
}
