import type * as z from 'zod/mini';
import { crossIssues } from './cross.ts';
import { migrate } from './migrate.ts';
import { issueAt, type PlanIssue, type Result } from './result.ts';
import { PLAN_VERSION, type Plan, planSchema } from './schema.ts';
import { type Problem, problem, shown } from './text.ts';

/**
 * The door for every plan: links, presets, imported files, saved drafts. Never throws; a refusal names each bad answer
 * by its path. Older versions are migrated first.
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
  const current = migrate(json);
  const parsed = planSchema.safeParse(current);
  if (!parsed.success) return { ok: false, issues: parsed.error.issues.flatMap((issue) => fromZod(issue, current)) };
  const issues = crossIssues(parsed.data);
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value: parsed.data };
}

/** Says a refusal of Zod's own kind in our words; our own refusals come through as they are. */
function fromZod(issue: z.core.$ZodIssue, json: unknown): PlanIssue[] {
  const at = (found: Problem, path: readonly PropertyKey[] = issue.path) => [issueAt(path, found)];
  const value = valueAt(json, issue.path);
  if (issue.code === 'custom') {
    const found = issue.params?.problem as Problem | undefined;
    return found ? at(found) : [];
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
  return at(problem('plan.type', { expected: expected ?? 'of another kind', actual: shown(value) }));
}

/** Of a union's branches, the one whose complaint lies deepest is the one that was meant. */
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
