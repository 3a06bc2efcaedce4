/**
 * What a version of the draft is based on: how many changes of each tab it includes. Of two versions, one includes the
 * other, or each has changes that the other lacks; no clock is needed.
 */
export type Seen = Readonly<Record<string, number>>;

/** Number of remembered tabs; forgetting one can only make two versions look more different than they are. */
const REMEMBERED = 16;

export const includes = (version: Seen, other: Seen): boolean =>
  Object.entries(other).every(([tab, changes]) => (version[tab] ?? 0) >= changes);

/** Adds one change of this tab. */
export function withChange(seen: Seen, tab: string): Seen {
  const { [tab]: changes = 0, ...others } = seen;
  return Object.fromEntries([...Object.entries(others).slice(1 - REMEMBERED), [tab, changes + 1]]);
}

/** The changes included in either of two versions. */
export const together = (a: Seen, b: Seen): Seen =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((tab) => [tab, Math.max(a[tab] ?? 0, b[tab] ?? 0)]),
  );

export function isSeen(value: unknown): value is Seen {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((count) => Number.isSafeInteger(count))
  );
}
