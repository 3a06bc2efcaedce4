import type { Pattern } from '../../../core/index.ts';
import { blankPlan } from '../draft/blank.ts';
import type { Draft } from '../draft/draft.ts';
import { spotOf } from './spots.ts';
import type { Step } from './steps.ts';

/** The paths of the answers that differ between two drafts; a list is one answer. */
function differing(a: unknown, b: unknown, path = ''): string[] {
  if (!isGroup(a) || !isGroup(b)) return textOf(a) === textOf(b) ? [] : [path];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differing(a[key], b[key], path === '' ? key : `${path}.${key}`),
  );
}

const texts = new WeakMap<object, string>();

/** The JSON text of a value, cached for lists, because most lists don't change between two drafts. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const text = texts.get(value) ?? JSON.stringify(value);
  texts.set(value, text);
  return text;
}

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The result for the last draft, because every step needs the result for the same draft. */
let last: { readonly draft: Draft; readonly steps: ReadonlySet<Step> } | undefined;

/**
 * The steps that someone has answered: the user, or the example, link or file that the plan comes from. The pattern is
 * answered along with any other step.
 */
export function answeredSteps(draft: Draft): ReadonlySet<Step> {
  if (last?.draft !== draft) last = { draft, steps: stepsOf(draft) };
  return last.steps;
}

function stepsOf(draft: Draft): ReadonlySet<Step> {
  const { pattern } = draft.network;
  const steps = differing(draft, blankOf(pattern))
    .map((path) => spotOf(path, pattern).step)
    // A title says nothing about the review.
    .filter((step) => step !== 'review');
  return new Set(steps.length > 0 || pattern !== 'direct' ? [...steps, 'pattern'] : []);
}

const blank = new Map<Pattern, Draft>();

function blankOf(pattern: Pattern): Draft {
  const plan = blank.get(pattern) ?? blankPlan(pattern);
  blank.set(pattern, plan);
  return plan;
}
