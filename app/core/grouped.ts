/** Entries by key, in the order in which they appear. (`Map.groupBy` is not in Node 20.) */
export function grouped<T>(entries: Iterable<readonly [string, T]>): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const [key, entry] of entries) {
    const same = found.get(key);
    if (same) same.push(entry);
    else found.set(key, [entry]);
  }
  return found;
}
