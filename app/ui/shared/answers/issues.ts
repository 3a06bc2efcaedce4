import { isUnanswered, type PlanIssue } from '../../../core/index.ts';
import { isUnder } from '../draft/at.ts';
import { type Answers, useAnswers } from './store.ts';

/** What is to be done about an issue: correct a wrong answer, give one, or replace an example value. */
export type IssueKind = 'invalid' | 'unanswered' | 'example';

export const kindOf = (issue: PlanIssue): IssueKind =>
  issue.id === 'plan.example' || issue.id === 'plan.unchanged'
    ? 'example'
    : isUnanswered(issue)
      ? 'unanswered'
      : 'invalid';

const none: readonly PlanIssue[] = [];

/** What is wrong or missing in the draft; in a valid draft, its example values. */
export const issuesOf = ({ issues, made }: Answers): readonly PlanIssue[] =>
  issues.length > 0 ? issues : (made?.examples ?? none);

const byPath = new WeakMap<readonly PlanIssue[], ReadonlyMap<string, readonly PlanIssue[]>>();

function indexed(issues: readonly PlanIssue[]): ReadonlyMap<string, readonly PlanIssue[]> {
  const known = byPath.get(issues);
  if (known) return known;
  const index = new Map<string, PlanIssue[]>();
  for (const issue of issues) {
    const here = index.get(issue.path);
    if (here) here.push(issue);
    else index.set(issue.path, [issue]);
  }
  byPath.set(issues, index);
  return index;
}

/** Issues of the answer at exactly this path. */
export const useIssuesAt = (path: string): readonly PlanIssue[] =>
  useAnswers((state) => indexed(issuesOf(state)).get(path) ?? none);

/** Numbers of issues: those of wrong answers, and those of answers that are still to be given. */
export interface IssueCounts {
  readonly invalid: number;
  readonly open: number;
}

export function countIssues(issues: readonly PlanIssue[], counts: (issue: PlanIssue) => boolean): IssueCounts {
  const counted = issues.filter(counts);
  const invalid = counted.filter((issue) => kindOf(issue) === 'invalid').length;
  return { invalid, open: counted.length - invalid };
}

/** Whether an issue belongs to one of the paths, or to what is below it. */
export const isWithin =
  (paths: readonly string[]) =>
  (issue: PlanIssue): boolean =>
    paths.some((path) => isUnder(issue.path, path));
