/** The files of a plan. */
import { type Bundle, generate as generateFiles } from '../bundle/generate.ts';
import type { PlanIssue } from '../plan/result.ts';
import type { Plan } from '../plan/schema.ts';
import type { Failure } from '../result.ts';
import { withPlan } from './valid-plan.ts';

export type { Apply, BundleFile, Language, Machine, Note } from '../bundle/file.ts';
export type { Finding } from '../bundle/findings/finding.ts';
export { MACHINES } from '../bundle/generate.ts';
export type { MachineSteps } from '../bundle/rollout/guide/guide.ts';
export type { Step } from '../bundle/rollout/guide/step.ts';
export type { Failure, Issue, Result } from '../result.ts';
export type { Severity } from '../severity.ts';
export type { Bundle };

/** Every file of a plan, by machine and in the order of installation, with findings about the plan. Same plan, same bytes. */
export function generate(plan: Plan): Bundle;
export function generate(plan: unknown): Bundle | Failure<PlanIssue>;
export function generate(plan: unknown): Bundle | Failure<PlanIssue> {
  return withPlan(plan, generateFiles);
}
