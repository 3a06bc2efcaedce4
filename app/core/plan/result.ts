import type { Result as CoreResult, Issue } from '../result.ts';
import type { Problem } from './text.ts';

/** Why an answer of a plan is rejected. `path` leads to the answer. */
export interface PlanIssue extends Issue {
  readonly id: Problem['id'];
}

export type Result<T> = CoreResult<T, PlanIssue>;

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
