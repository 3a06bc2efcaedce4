/** Plans: what an administrator wants, as plain JSON, and the links that carry them. */

import { deriveAccess as derive } from '../model/derive.ts';
import type { AccessModel } from '../model/model.ts';
import { defaultPlan as start } from '../plan/defaults.ts';
import { exampleValues as examples } from '../plan/examples.ts';
import { decodeLink as decode, encodeLink as encode } from '../plan/link.ts';
import { parsePlan as parse } from '../plan/parse.ts';
import type { PlanIssue, Result } from '../plan/result.ts';
import type { Pattern, Plan } from '../plan/schema.ts';
import type { Failure } from '../result.ts';
import { guarded, oneOf, text } from './input.ts';
import { withJson } from './json.ts';
import { validated, withPlan } from './valid-plan.ts';

export { isUnanswered } from '../plan/result.ts';
export type { Failure, Issue } from '../result.ts';
export type { AccessModel, Pattern, Plan, PlanIssue, Result };

/** Validates any JSON as a plan, and migrates older versions. Never throws; each issue gives the path of an answer. */
export function parsePlan(json: unknown): Result<Plan> {
  return validated(parse(json));
}

/** A plan for a pattern, with documentation values where the user has to answer. */
export const defaultPlan = guarded(
  (pattern: Pattern): Plan => {
    const plan = start(pattern);
    validated({ ok: true, value: plan });
    return plan;
  },
  { pattern: oneOf('direct', 'vpn', 'private', 'bastion') },
);

/** The answers that are example values (RFC 5737, RFC 3849, RFC 2606), which the user must replace: an issue for each. */
export function exampleValues(plan: Plan): PlanIssue[];
export function exampleValues(plan: unknown): PlanIssue[] | Failure<PlanIssue>;
export function exampleValues(plan: unknown): PlanIssue[] | Failure<PlanIssue> {
  return withPlan(plan, examples);
}

/** The AccessModel of a plan: hosts, listening sockets, flows, pg_hba entries and roles. In JSON its networks are text. */
export function deriveAccess(plan: Plan): AccessModel;
export function deriveAccess(plan: unknown): AccessModel | Failure<PlanIssue>;
export function deriveAccess(plan: unknown): AccessModel | Failure<PlanIssue> {
  return withPlan(plan, (one) => withJson(derive(one)));
}

/** The part of a share link after `#`: what differs from the pattern's default plan. Same plan, same text. */
export function linkOf(plan: Plan): string;
export function linkOf(plan: unknown): string | Failure<PlanIssue>;
export function linkOf(plan: unknown): string | Failure<PlanIssue> {
  return withPlan(plan, encode);
}

/** The plan of a link's fragment, with or without `#`. Input and output are limited in size. */
export const planOfLink = guarded((fragment: string): Result<Plan> => validated(decode(fragment)), { fragment: text });

/** `linkOf` as a promise. */
export async function encodeLink(plan: Plan): Promise<string> {
  return linkOf(plan);
}

/** `planOfLink` as a promise. */
export async function decodeLink(fragment: string): Promise<Result<Plan>> {
  return planOfLink(fragment);
}
