import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { defaultPlan } from './defaults.ts';
import { parsePlan } from './parse.ts';
import { issueAt, type Result } from './result.ts';
import { type Pattern, PLAN_VERSION, type Plan } from './schema.ts';
import { type Problem, problem } from './text.ts';

/** Characters a fragment may have, and bytes its plan may unpack to. */
export const LINK_LIMITS = { characters: 65_536, bytes: 1_048_576 } as const;

/** What starts a link's fragment: the codec's version. A later one gets another letter and this one keeps its meaning. */
const CODEC = 'a';

/**
 * The part of a share link after `#`: the answers that differ from the pattern's default, as JSON, deflated
 * (RFC 1951), in base64url (RFC 4648 5). Same plan, same text.
 */
export async function encodeLink(plan: Plan): Promise<string> {
  const difference = diff(defaultPlan(plan.network.pattern) as Json, plan as Json) ?? {};
  const bytes = strToU8(JSON.stringify([plan.version, plan.network.pattern, difference]));
  return CODEC + toBase64Url(deflateSync(bytes, { level: 9 }));
}

/** Reads a fragment, with or without its `#`. Refuses damaged, oversized and hostile ones with a sentence; never throws. */
export async function decodeLink(fragment: string): Promise<Result<Plan>> {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  const refuse = (found: Problem): Result<Plan> => ({ ok: false, issues: [issueAt([], found)] });
  if (text.length > LINK_LIMITS.characters)
    return refuse(problem('link.tooLong', { length: text.length, limit: LINK_LIMITS.characters }));
  if (text === '') return refuse(problem('link.empty'));
  if (!text.startsWith(CODEC)) return refuse(problem('link.codec'));
  const packed = fromBase64Url(text.slice(1));
  const bytes = packed && inflate(packed);
  if (bytes === 'too large') return refuse(problem('link.tooLarge', { limit: LINK_LIMITS.bytes }));
  const parts = bytes && parseJson(bytes);
  if (!Array.isArray(parts) || parts.length !== 3) return refuse(problem('link.damaged'));
  const [version, pattern, difference] = parts as [Json, Json, Json];
  if (version !== 1 && version !== PLAN_VERSION) return parsePlan({ version });
  if (typeof pattern !== 'string' || !patterns.has(pattern)) return refuse(problem('link.damaged'));
  // Version 1 had the same defaults; what it lacked is filled in after it.
  const start = { ...(defaultPlan(pattern as Pattern) as { [key: string]: Json }), version };
  return parsePlan(patch(start, difference));
}

const patterns = new Set<string>(['direct', 'vpn', 'private', 'bastion'] satisfies Pattern[]);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const isGroup = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Two groups with the same keys differ by the keys that differ; anything else is replaced whole. Replacement of a group
 * is wrapped in a list of one, so that `patch` can tell the two apart.
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

/** Keys that the default lacks are kept, so that the plan's door can refuse them by name. */
function patch(before: Json, difference: Json): Json {
  if (Array.isArray(difference)) return difference[0] ?? null;
  if (!isGroup(difference) || !isGroup(before)) return before;
  const changed = Object.entries(difference).map(([key, inner]): [string, Json] => {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    return [key, patch(old ?? null, inner)];
  });
  return Object.fromEntries([...Object.entries(before), ...changed]);
}

function parseJson(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch {
    return undefined;
  }
}

/** Unpacks piece by piece and stops at the limit: a link of a few bytes can claim gigabytes. */
function inflate(packed: Uint8Array): Uint8Array | 'too large' | undefined {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    const stream = new Inflate((piece) => {
      size += piece.length;
      if (size > LINK_LIMITS.bytes) throw tooLarge;
      pieces.push(piece);
    });
    for (let start = 0; start < packed.length; start += 1024) {
      stream.push(packed.subarray(start, start + 1024), start + 1024 >= packed.length);
    }
  } catch (error) {
    return error === tooLarge ? 'too large' : undefined;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const tooLarge = new Error('too large');

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const characters = Math.min(4, bytes.length - at + 1);
    for (let index = 0; index < characters; index++) text += alphabet[(group >> (18 - 6 * index)) & 63];
  }
  return text;
}

function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let group = 0;
  let held = 0;
  let at = 0;
  for (const character of text) {
    group = ((group << 6) | alphabet.indexOf(character)) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (group >> held) & 0xff;
    }
  }
  return bytes;
}
