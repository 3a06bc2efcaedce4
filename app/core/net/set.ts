import { type Family, type Prefix, width } from './prefix.ts';

/** Addresses of one family from `first` to `last`, both included, as unsigned numbers. */
export interface Range {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of addresses of both families: ranges in order that neither overlap nor touch, so equal sets are equal lists. */
export type AddressSet = readonly Range[];

export const nothing: AddressSet = [];

/** Every address of both families. */
export const everything: AddressSet = ([4, 6] as const).map((family) => ({
  family,
  first: 0n,
  last: (1n << BigInt(width(family))) - 1n,
}));

/** The addresses of some networks: `10.0.0.0/25` and `10.0.0.128/25` are one range. */
export const setOf = (prefixes: readonly Prefix[]): AddressSet =>
  tidy(
    prefixes.map(({ family, bits, length }) => ({
      family,
      first: bits,
      last: bits + (1n << BigInt(width(family) - length)) - 1n,
    })),
  );

function tidy(ranges: readonly Range[]): AddressSet {
  const found: Range[] = [];
  for (const range of ranges.toSorted(inOrder)) {
    const before = found.at(-1);
    if (before && before.family === range.family && range.first <= before.last + 1n)
      found[found.length - 1] = { ...before, last: higher(before.last, range.last) };
    else found.push(range);
  }
  return found;
}

/** `Math.max` takes no bigint. */
function higher(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

const inOrder = (a: Range, b: Range): number =>
  a.family - b.family || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0);

export const union = (...sets: readonly AddressSet[]): AddressSet => tidy(sets.flat());

/** What is in both. */
export function intersection(a: AddressSet, b: AddressSet): AddressSet {
  const found: Range[] = [];
  for (const one of a) {
    for (const other of b) {
      if (one.family !== other.family) continue;
      const first = higher(one.first, other.first);
      const last = -higher(-one.last, -other.last);
      if (first <= last) found.push({ family: one.family, first, last });
    }
  }
  return tidy(found);
}

/** What is in `a` and not in `b`. */
export function difference(a: AddressSet, b: AddressSet): AddressSet {
  let left: readonly Range[] = a;
  for (const { family, first, last } of b) {
    left = left.flatMap((range) => {
      if (range.family !== family || range.last < first || range.first > last) return [range];
      return [
        ...(range.first < first ? [{ family, first: range.first, last: first - 1n }] : []),
        ...(range.last > last ? [{ family, first: last + 1n, last: range.last }] : []),
      ];
    });
  }
  return left;
}

export const isEmpty = (set: AddressSet): boolean => set.length === 0;

/** One address of the set, to show: the first that a host can have. */
export function witness([range]: AddressSet): Prefix | undefined {
  if (!range) return undefined;
  const { family, first, last } = range;
  // The first address of a network is its name, and 0.0.0.0 is nobody's.
  return { family, bits: last > first ? first + 1n : first, length: width(family) };
}

/** The fewest networks that hold exactly these addresses, low before high. */
export function prefixesOf(set: AddressSet): Prefix[] {
  return set.flatMap(({ family, first, last }) => {
    const found: Prefix[] = [];
    const full = width(family);
    for (let at = first; at <= last; ) {
      let host = 0;
      while (host < full && at % (1n << BigInt(host + 1)) === 0n && at + (1n << BigInt(host + 1)) - 1n <= last)
        host += 1;
      found.push({ family, bits: at, length: full - host });
      at += 1n << BigInt(host);
    }
    return found;
  });
}
