import type { Problem } from './text.ts';

/** One refusal. `path` leads to the answer: `clients.0.sources.1`. `fix` is a value that would be taken in its place. */
export interface PlanIssue {
  readonly path: string;
  readonly message: string;
  readonly id: Problem['id'];
  readonly values: Problem['values'];
  readonly fix?: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly PlanIssue[] };

/** Puts a refusal at its place. The whole plan is named `plan`. */
export function issueAt(path: readonly PropertyKey[], found: Problem): PlanIssue {
  return {
    path: path.length === 0 ? 'plan' : path.map(String).join('.'),
    message: found.text,
    id: found.id,
    values: found.values,
    ...(found.fix === undefined ? {} : { fix: found.fix }),
  };
}
