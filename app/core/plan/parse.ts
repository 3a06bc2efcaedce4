import type * as z from 'zod/mini';
import { crossIssues } from './cross.ts';
import { extentIssues } from './extent.ts';
import { fewer } from './fewer.ts';
import { migrate } from './migrate.ts';
import { issueAt, isUnanswered, type PlanIssue, type Result } from './result.ts';
import { PLAN_VERSION, type Plan, planSchema } from './schema.ts';
import { sizeIssues } from './size.ts';
import { type Problem, problem, shown } from './text.ts';

/**
 * Validates every plan: links, presets, imported files, saved drafts. Never throws, for any JSON; the result lists each
 * invalid answer by its path, up to a limit for each list. Older versions are migrated first.
 */
export function parsePlan(json: unknown): Result<Plan> {
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return { ok: false, issues: [issueAt(['version'], problem('plan.version', { value: shown(version) }))] };
  }
  if (version > PLAN_VERSION) {
    return {
      ok: false,
      issues: [issueAt(['version'], problem('plan.newer', { value: version, known: PLAN_VERSION }))],
    };
  }
  const extent = extentIssues(json);
  if (extent.length > 0) return { ok: false, issues: extent };
  const current = migrate(json);
  const parsed = planSchema.safeParse(current);
  if (!parsed.success) {
    const found = parsed.error.issues.flatMap((issue) => fromZod(issue, current));
    const onlyEmpty = parsed.error.issues.every(({ path }) => isEmpty(valueAt(current, path)));
    return { ok: false, issues: fewer(onlyEmpty ? [...found, ...unanswered(current as Plan, found)] : found) };
  }
  // Checks across answers, like file generation, only run on plans within the size limits.
  const size = sizeIssues(parsed.data);
  const issues = size.length > 0 ? size : crossIssues(parsed.data);
  return issues.length > 0 ? { ok: false, issues: fewer(issues) } : { ok: true, value: parsed.data };
}

const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);

/**
 * What else is missing in a plan that is complete but for empty answers, so that all of it is listed at once. Its types
 * are those of a plan; what depends on the empty answers is not checked.
 */
function unanswered(plan: Plan, found: readonly PlanIssue[]): PlanIssue[] {
  if (sizeIssues(plan).length > 0) return [];
  const known = new Set(found.map(({ path }) => path));
  return crossIssues(plan).filter((issue) => isUnanswered(issue) && !known.has(issue.path));
}

/** Converts Zod's own rejections to our messages; ours pass through unchanged. */
function fromZod(issue: z.core.$ZodIssue, json: unknown): PlanIssue[] {
  const at = (found: Problem, path: readonly PropertyKey[] = issue.path) => [issueAt(path, found)];
  const value = valueAt(json, issue.path);
  if (issue.code === 'custom') {
    const found = issue.params?.problem as Problem | undefined;
    if (!found) return [];
    // An empty text is not a wrong one.
    return at(value === '' && found.id !== 'text.empty' ? problem('plan.required') : found);
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.flatMap((key) =>
      at(problem('plan.unknownKey', { name: shown(key) }), [...issue.path, shown(key)]),
    );
  }
  if (value === undefined || value === null || value === '') return at(problem('plan.required'));
  if (issue.code === 'invalid_value') {
    return at(problem('plan.choice', { value: shown(value), choices: issue.values.map(String).join(', ') }));
  }
  if (issue.code === 'too_big')
    return at(
      problem('plan.tooMany', { count: Array.isArray(value) ? value.length : 0, limit: Number(issue.maximum) }),
    );
  if (issue.code === 'invalid_union') {
    const choices = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    if (choices.length > 0) return at(problem('plan.choice', { value: shown(value), choices: choices.join(', ') }));
    const nearest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
    return nearest.flatMap((inner) => fromZod({ ...inner, path: [...issue.path, ...inner.path] }, json));
  }
  const expected = issue.code === 'invalid_type' ? expectedWords[issue.expected] : undefined;
  return at(problem('plan.type', { expected: expected ?? 'of another type', actual: shown(value) }));
}

/** Of a union's branches, the one whose problem is deepest is most likely the intended one. */
const depth = (issues: readonly z.core.$ZodIssue[]) =>
  Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'custom' ? 1 : 0)));

const expectedWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'a group of answers',
};

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    json,
  );
}
