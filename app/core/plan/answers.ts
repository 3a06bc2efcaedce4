import * as z from 'zod/mini';
import { MAJORS } from '../postgres/release.ts';
import { checkAddress, checkSource } from './fields.ts';
import { type Check, type Problem, problem, shown } from './text.ts';

/** Maximum number of entries in a list of the plan. Enough for a large company; a limit for hostile links. */
export const LIMITS = { clients: 500, entries: 500, addresses: 32 } as const;

/** Carries our own rejection through Zod, which only supports text. */
const refuse = (payload: z.core.ParsePayload<unknown>, found: Problem) =>
  payload.issues.push({ code: 'custom', input: payload.value, message: found.text, params: { problem: found } });

export const text = (check: Check) =>
  z.string().check((payload) => {
    const found = check(payload.value);
    if (found) refuse(payload, found);
  });

/** An answer that may be left empty, which means "the default". */
export const optional = (check: Check) => z.nullable(text(check));

export const whole = (low: number, high: number, id: 'number.range' | 'port.range' = 'number.range') =>
  z.number().check((payload) => {
    if (!Number.isInteger(payload.value) || payload.value < low || payload.value > high) {
      refuse(payload, problem(id, { value: shown(payload.value), low, high }));
    }
  });

/** A version whose files are tested. */
export const major = z.number().check((payload) => {
  if (!MAJORS.includes(payload.value))
    refuse(payload, problem('major.range', { value: shown(payload.value), choices: MAJORS.join(', ') }));
});

export const port = whole(1, 65535, 'port.range');

/** A list without duplicates. */
export const list = (
  entry: z.ZodMiniType<string>,
  limit: number = LIMITS.entries,
  atLeast?: Problem,
  tooMany: 'plan.tooMany' | 'plan.tooManyNetworks' = 'plan.tooMany',
) =>
  z.array(entry).check((payload) => {
    const seen = new Set<string>();
    if (payload.value.length > limit) refuse(payload, problem(tooMany, { count: payload.value.length, limit }));
    if (atLeast && payload.value.length === 0) refuse(payload, atLeast);
    for (const [index, value] of payload.value.slice(0, limit).entries()) {
      if (seen.has(value)) {
        const found = problem('entry.twice', { value: shown(value) });
        payload.issues.push({
          code: 'custom',
          input: value,
          path: [index],
          message: found.text,
          params: { problem: found },
        });
      }
      seen.add(value);
    }
  });

export const some = (hint: string) => problem('plan.emptyList', { hint });

export const addresses = list(text(checkAddress), LIMITS.addresses);
export const sources = list(text(checkSource), LIMITS.entries, undefined, 'plan.tooManyNetworks');
