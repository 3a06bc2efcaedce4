/** The value at a path such as `clients.0.sources`; undefined if there is none. */
export function at(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

/** A copy with another value at a path; everything outside the path is shared with the original. */
export function withAt<T>(value: T, path: string, to: unknown): T {
  return replace(value, path.split('.'), to) as T;
}

/** Whether a path is `parent` or below it. */
export const isUnder = (path: string, parent: string): boolean => path === parent || path.startsWith(`${parent}.`);

function replace(value: unknown, keys: readonly string[], to: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return to;
  if (Array.isArray(value)) {
    return value.map((entry: unknown, index) => (String(index) === key ? replace(entry, rest, to) : entry));
  }
  const group = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...group, [key]: replace(group[key], rest, to) };
}
