import { isPlain } from './plain.ts';

/**
 * How a value differs from an earlier one that it shares its unchanged parts with (`share`): nothing, for the same value;
 * another value; or the differences of its entries by index or key. Data that can be sent to another thread.
 */
export type Delta =
  | undefined
  | { readonly to: unknown }
  | { readonly length: number; readonly entries: readonly (readonly [index: number, delta: Delta])[] }
  | { readonly keys: readonly (readonly [key: string, delta: Delta])[] };

/** The difference from `before` to `now`. Only identical parts count as unchanged. */
export function deltaOf(before: unknown, now: unknown): Delta {
  if (Object.is(before, now)) return undefined;
  if (Array.isArray(before) && Array.isArray(now)) {
    const entries = now.flatMap((entry, index) =>
      index < before.length && Object.is(before[index], entry)
        ? []
        : [[index, index < before.length ? deltaOf(before[index], entry) : { to: entry }] as const],
    );
    return { length: now.length, entries };
  }
  if (!isPlain(before) || !isPlain(now)) return { to: now };
  const keys = Object.keys(now);
  if (keys.length !== Object.keys(before).length || keys.some((key) => !Object.hasOwn(before, key))) return { to: now };
  return {
    keys: keys.flatMap((key) =>
      Object.is(before[key], now[key]) ? [] : [[key, deltaOf(before[key], now[key])] as const],
    ),
  };
}

/** The later value: `before` with a delta of `deltaOf` applied. It shares all unchanged parts with `before`. */
export function patched(before: unknown, delta: Delta): unknown {
  if (delta === undefined) return before;
  if ('to' in delta) return delta.to;
  if ('length' in delta) {
    const now = (before as readonly unknown[]).slice(0, delta.length);
    for (const [index, entry] of delta.entries) now[index] = patched(now[index], entry);
    return now;
  }
  const now = { ...(before as Record<string, unknown>) };
  for (const [key, value] of delta.keys) now[key] = patched(now[key], value);
  return now;
}
