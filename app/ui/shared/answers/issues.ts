import type { PlanIssue } from '../../../core/index.ts';
import { isUnder } from '../draft/at.ts';
import { useAnswers } from './store.ts';

const none: readonly PlanIssue[] = [];

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

/** Problems of the answer at exactly this path. */
export const useIssuesAt = (path: string): readonly PlanIssue[] =>
  useAnswers((state) => indexed(state.issues).get(path) ?? none);

/** Number of problems at this path and below it. */
export const useIssueCount = (path: string): number =>
  useAnswers((state) => state.issues.filter((issue) => isUnder(issue.path, path)).length);
