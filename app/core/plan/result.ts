import type { Result as CoreResult, Issue } from '../result.ts';
import type { Problem } from './text.ts';

/** Why an answer of a plan is rejected. `path` leads to the answer. */
export interface PlanIssue extends Issue {
  readonly id: Problem['id'];
}

export type Result<T> = CoreResult<T, PlanIssue>;

/** What is said of an answer that is not there, in contrast to one that is wrong. */
const UNANSWERED: ReadonlySet<PlanIssue['id']> = new Set([
  'plan.required',
  'plan.emptyList',
  'text.empty',
  'server.publicNeeded',
  'server.privateNeeded',
  'server.vpnNeeded',
  'admin.sources',
]);

/** Whether the answer is missing; a wrong one must be corrected instead. */
export const isUnanswered = ({ id }: PlanIssue): boolean => UNANSWERED.has(id);

/** Assigns a rejection to its path. The whole plan is named `plan`. */
export function issueAt(path: readonly PropertyKey[], found: Problem): PlanIssue {
  return {
    path: path.length === 0 ? 'plan' : path.map(String).join('.'),
    message: found.text,
    id: found.id,
    values: found.values,
    ...(found.fix === undefined ? {} : { fix: found.fix }),
  };
}
