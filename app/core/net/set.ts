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

/** `Math.max` does not accept bigint. */
export function higher(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

export const lower = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const inOrder = (a: Range, b: Range): number =>
  a.family - b.family || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0);

export const union = (...sets: readonly AddressSet[]): AddressSet => tidy(sets.flat());

/** Addresses in both sets. Both lists are sorted, so one pass is enough. */
export function intersection(a: AddressSet, b: AddressSet): AddressSet {
  const found: Range[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [one, other] = [a[i], b[j]];
    if (!one || !other) break;
    if (one.family === other.family) {
      const first = higher(one.first, other.first);
      const last = lower(one.last, other.last);
      if (first <= last) found.push({ family: one.family, first, last });
    }
    if (endsBefore(one, other)) i++;
    else j++;
  }
  return tidy(found);
}

/** Addresses in `a` and not in `b`, in one pass over both. */
export function difference(a: AddressSet, b: AddressSet): AddressSet {
  const found: Range[] = [];
  let from = 0;
  for (const { family, first, last } of a) {
    let start = first;
    while (from < b.length && isBefore(b[from], family, first)) from++;
    for (let at = from; at < b.length && start <= last; at++) {
      const taken = b[at];
      if (!taken || taken.family !== family || taken.first > last) break;
      if (taken.first > start) found.push({ family, first: start, last: taken.first - 1n });
      start = higher(start, taken.last + 1n);
    }
    if (start <= last) found.push({ family, first: start, last });
  }
  return found;
}

/** The range ends before this address. */
const isBefore = (range: Range | undefined, family: Family, address: bigint): boolean =>
  range !== undefined && (range.family < family || (range.family === family && range.last < address));

const endsBefore = (a: Range, b: Range): boolean => a.family < b.family || (a.family === b.family && a.last < b.last);

export const isEmpty = (set: AddressSet): boolean => set.length === 0;

/** The fewest networks that contain exactly these addresses, lowest first. */
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
