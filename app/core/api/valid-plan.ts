import { parsePlan } from '../plan/parse.ts';
import type { PlanIssue, Result } from '../plan/result.ts';
import type { Plan } from '../plan/schema.ts';
import type { Failure } from '../result.ts';

/** Plans that were validated, so that each is validated once. */
const valid = new WeakSet<object>();

/** Remembers that a plan is valid. */
export function validated(result: Result<Plan>): Result<Plan> {
  if (result.ok) valid.add(result.value);
  return result;
}

/** Calls a function with a valid plan, or returns what is wrong with the plan. */
export function withPlan<Value>(plan: unknown, use: (plan: Plan) => Value): Value | Failure<PlanIssue> {
  if (typeof plan === 'object' && plan !== null && valid.has(plan)) return use(plan as Plan);
  const parsed = validated(parsePlan(plan));
  return parsed.ok ? use(parsed.value) : parsed;
}
