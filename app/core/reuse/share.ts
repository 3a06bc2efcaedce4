import { isPlain } from './plain.ts';

/**
 * A value equal to `now` that consists of parts of `before` wherever those are equal; `before` itself if all of it is. So
 * equal parts of successive values are identical, and comparing them costs nothing. Takes data without cycles; functions and
 * instances of classes are equal only if they are identical.
 */
export function share<T>(before: unknown, now: T): T {
  if (Object.is(before, now)) return now;
  if (Array.isArray(now)) return (Array.isArray(before) ? shareArray(before, now) : now) as T;
  return (isPlain(now) && isPlain(before) ? shareObject(before, now) : now) as T;
}

function shareArray(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  const shared = now.map((entry, index) => share(before[index], entry));
  return shared.length === before.length && shared.every((entry, index) => Object.is(entry, before[index]))
    ? before
    : shared;
}

function shareObject(before: Readonly<Record<PropertyKey, unknown>>, now: Readonly<Record<PropertyKey, unknown>>) {
  const keys = Object.keys(now);
  const entries = keys.map((key) => [key, share(before[key], now[key])] as const);
  const same =
    Object.keys(before).length === keys.length &&
    entries.every(([key, value]) => Object.hasOwn(before, key) && Object.is(value, before[key]));
  return same ? before : Object.fromEntries(entries);
}

/** A function whose results share their equal parts, each with the one before. */
export function sharing<A extends readonly unknown[], R>(make: (...of: A) => R): (...of: A) => R {
  let last: R | undefined;
  return (...of) => {
    last = share(last, make(...of));
    return last;
  };
}
