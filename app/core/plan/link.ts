import { LINK_LIMITS } from '../link/limits.ts';
import { type Json, pack, unpack } from '../link/pack.ts';
import { defaultPlan } from './defaults.ts';
import { parsePlan } from './parse.ts';
import { issueAt, type Result } from './result.ts';
import { type Pattern, PLAN_VERSION, type Plan } from './schema.ts';
import { type Problem, problem } from './text.ts';

/**
 * Prefix of a link's fragment: the codec's version. A later version gets another letter and this one keeps its meaning.
 */
const CODEC = 'a';

/**
 * The part of a share link after `#`: the answers that differ from the pattern's default, as JSON, deflated
 * (RFC 1951), in base64url (RFC 4648 5). Same plan, same text.
 */
export function encodeLink(plan: Plan): string {
  const difference = diff(defaultPlan(plan.network.pattern) as Json, plan as Json) ?? {};
  return CODEC + pack([plan.version, plan.network.pattern, difference]);
}

/**
 * Reads a fragment, with or without its `#`. Rejects damaged, oversized and hostile ones with a message; never throws.
 */
export function decodeLink(fragment: string): Result<Plan> {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  const refuse = (found: Problem): Result<Plan> => ({ ok: false, issues: [issueAt([], found)] });
  if (text.length > LINK_LIMITS.characters)
    return refuse(problem('link.tooLong', { length: text.length, limit: LINK_LIMITS.characters }));
  if (text === '') return refuse(problem('link.empty'));
  if (!text.startsWith(CODEC)) return refuse(problem('link.codec'));
  const parts = unpack(text.slice(1));
  if (parts === 'too large') return refuse(problem('link.tooLarge', { limit: LINK_LIMITS.bytes }));
  if (!Array.isArray(parts) || parts.length !== 3) return refuse(problem('link.damaged'));
  const [version, pattern, difference] = parts as [Json, Json, Json];
  if (version !== 1 && version !== PLAN_VERSION) return parsePlan({ version });
  if (typeof pattern !== 'string' || !patterns.has(pattern)) return refuse(problem('link.damaged'));
  // Version 1 had the same defaults; answers added since are filled in afterwards.
  const start = { ...(defaultPlan(pattern as Pattern) as { [key: string]: Json }), version };
  return parsePlan(patch(start, difference));
}

const patterns = new Set<string>(['direct', 'vpn', 'private', 'bastion'] satisfies Pattern[]);

const isGroup = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Two groups with the same keys are compared key by key; anything else is replaced as a whole. The replacement of a
 * group is wrapped in a list of one, so that `patch` can distinguish the two.
 */
function diff(before: Json, after: Json): Json | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  if (!isGroup(before) || !isGroup(after) || Object.keys(before).sort().join() !== Object.keys(after).sort().join())
    return [after];
  return Object.fromEntries(
    Object.entries(after).flatMap(([key, value]) => {
      const inner = diff(before[key] ?? null, value);
      return inner === undefined ? [] : [[key, inner]];
    }),
  );
}

/** Keys that the default lacks are kept, so that plan validation can reject them by name. */
function patch(before: Json, difference: Json): Json {
  if (Array.isArray(difference)) return difference[0] ?? null;
  if (!isGroup(difference) || !isGroup(before)) return before;
  const changed = Object.entries(difference).map(([key, inner]): [string, Json] => {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    return [key, patch(old ?? null, inner)];
  });
  return Object.fromEntries([...Object.entries(before), ...changed]);
}
