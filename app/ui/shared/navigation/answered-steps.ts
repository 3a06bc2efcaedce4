import { blankPlan } from '../draft/blank.ts';
import type { Draft } from '../draft/draft.ts';
import { spotOf } from './spots.ts';
import type { Step } from './steps.ts';

/** The paths of the answers that differ between two drafts; a list is one answer. */
function differing(a: unknown, b: unknown, path = ''): string[] {
  if (!isGroup(a) || !isGroup(b)) return JSON.stringify(a) === JSON.stringify(b) ? [] : [path];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differing(a[key], b[key], path === '' ? key : `${path}.${key}`),
  );
}

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The steps that someone has answered: the user, or the example, link or file that the plan comes from. The pattern is
 * answered along with any other step.
 */
export function answeredSteps(draft: Draft): ReadonlySet<Step> {
  const { pattern } = draft.network;
  const steps = differing(draft, blankPlan(pattern))
    .map((path) => spotOf(path, pattern).step)
    // A title says nothing about the review.
    .filter((step) => step !== 'review');
  return new Set(steps.length > 0 || pattern !== 'direct' ? [...steps, 'pattern'] : []);
}
