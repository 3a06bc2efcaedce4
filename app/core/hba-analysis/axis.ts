import { exampleAddress } from '../net/example-address.ts';
import type { Family, Prefix } from '../net/prefix.ts';
import type { AddressSet, Range } from '../net/set.ts';
import { dottedNumber, numericAddress } from '../postgres/hba/address.ts';
import type { ConnectionType, HbaRecord, RecordAddress } from '../postgres/hba/record.ts';
import type { Interval } from './interval-set.ts';

/** Kinds of connection, in the order of their cells on the axis. */
export const KINDS = ['none', 'tls', 'gss', 'local'] as const;
export type Kind = (typeof KINDS)[number];

/** The kinds of connection that each record type matches. */
export const kindsOf: Readonly<Record<ConnectionType, readonly Kind[]>> = {
  local: ['local'],
  host: ['none', 'tls', 'gss'],
  hostssl: ['tls'],
  hostnossl: ['none', 'gss'],
  hostgssenc: ['gss'],
  hostnogssenc: ['none', 'tls'],
};

/** A netmask that isn't a prefix length is split into at most this many ranges. */
const MAX_RANGES = 4096;

/**
 * Every source of a connection, as a row of cells numbered from 0: all IPv4 and IPv6 addresses for each kind of TCP
 * connection, then one cell for the Unix socket. Addresses that no record distinguishes share a cell, so an interval of
 * cells is exact, and each network adds at most two cells per kind.
 */
export interface Axis {
  /** The cells of these addresses, relative to the first cell of a kind. Only for addresses that `axisOf` was called with. */
  intervalsOf(addresses: AddressSet): readonly Interval[];
  /** The cells that a record matches, as far as its addresses are on the axis. */
  intervals(record: Pick<HbaRecord, 'type' | 'address'>): readonly Interval[];
  /** All cells of one kind. */
  ofKind(kind: Kind): Interval;
  kindOf(cell: number): Kind;
  /** The cell of a connection; -1 if the text is not an IP address. */
  cellAt(kind: Kind, address: string | undefined): number;
  /** An address in these cells of TCP connections that a client could have. If they have several kinds, it is in those of the first. */
  exampleIn(interval: Interval): Prefix;
  /** Every address from the first cell to the last, as ranges of one family each. */
  ranges(interval: Interval): Range[];
}

/** The server's own addresses that are known without asking it: every server has loopback. */
const loopbackRanges = {
  samehost: [range4(0x7f000001n, 0x7f000001n), { family: 6, first: 1n, last: 1n }],
  samenet: [range4(0x7f000000n, 0x7fffffffn), { family: 6, first: 1n, last: 1n }],
} as const;

function range4(first: bigint, last: bigint): Range {
  return { family: 4, first, last };
}

const END = { 4: 1n << 32n, 6: 1n << 128n } as const;

/** The address ranges of a network and its netmask; undefined if there are more than `MAX_RANGES`. */
export function rangesOf(address: Prefix, mask: Prefix): readonly Range[] | undefined {
  const { family } = address;
  const free = mask.bits ^ (END[family] - 1n);
  const network = address.bits & mask.bits;
  // Most netmasks are a prefix length: the free bits are all ones.
  if ((free & (free + 1n)) === 0n) return [{ family, first: network, last: network | free }];
  // The bits below the netmask's lowest one form one range. Each zero above it doubles the number of ranges.
  let low = 0n;
  while (low < mask.length && ((free >> low) & 1n) === 1n) low++;
  const holes: bigint[] = [];
  for (let bit = low; bit < mask.length; bit++) if (((free >> bit) & 1n) === 1n) holes.push(1n << bit);
  if (2 ** holes.length > MAX_RANGES) return undefined;
  let starts = [network];
  for (const hole of holes) starts = starts.flatMap((start) => [start, start | hole]);
  return starts.map((first) => ({ family, first, last: first + (1n << low) - 1n }));
}

function rangesOfAddress(address: RecordAddress): readonly Range[] | undefined {
  if (address.kind === 'network') return rangesOf(address.address, address.mask);
  return address.kind === 'samehost' || address.kind === 'samenet' ? loopbackRanges[address.kind] : undefined;
}

/** An axis whose cells separate the addresses that these records, or the additional set, distinguish. */
export function axisOf(records: readonly HbaRecord[], additional: AddressSet = []): Axis {
  const rangesByAddress = new Map<RecordAddress, readonly Range[]>();
  const boundaries4: number[] = [0];
  const boundaries6: bigint[] = [0n];
  const addBoundaries = (ranges: readonly Range[]) => {
    for (const { family, first, last } of ranges) {
      if (family === 4) boundaries4.push(Number(first), Number(last) + 1);
      else boundaries6.push(first, last + 1n);
    }
  };
  for (const { address } of records) {
    if (address === null) continue;
    const ranges = rangesOfAddress(address);
    if (!ranges) continue;
    rangesByAddress.set(address, ranges);
    addBoundaries(ranges);
  }
  addBoundaries(additional);
  // Sorted arrays instead of sets: V8 hashes a bigint by its low bits, which are equal for most IPv6 networks.
  const starts4 = Float64Array.from(distinct(Float64Array.from(boundaries4).sort(), Number(END[4])));
  const starts6 = distinct(
    boundaries6.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    END[6],
  );
  const cells = starts4.length + starts6.length;
  const cellOf = (family: Family, start: bigint): number =>
    start === END[family]
      ? family === 4
        ? starts4.length
        : cells
      : family === 4
        ? lastNumber(starts4, Number(start))
        : starts4.length + lastBigint(starts6, start);
  const startOf = (cell: number): bigint =>
    cell < starts4.length ? BigInt(starts4[cell] ?? 0) : (starts6[cell - starts4.length] ?? 0n);
  const familyOf = (cell: number): Family => (cell < starts4.length ? 4 : 6);
  const endOf = (cell: number): bigint =>
    cell + 1 === starts4.length || cell + 1 === cells ? END[familyOf(cell)] : startOf(cell + 1);
  const whole = [{ from: 0, to: cells }];
  const intervalOf = ({ family, first, last }: Range): Interval => ({
    from: cellOf(family, first),
    to: cellOf(family, last + 1n),
  });

  const addressIntervals = (address: RecordAddress): readonly Interval[] => {
    if (address.kind === 'all' || address.kind === 'name') return whole;
    return inOrder(rangesByAddress.get(address)?.map(intervalOf) ?? []);
  };
  /** The addresses from one cell up to but not including another, both relative to the first cell of a kind. */
  const rangesBetween = (from: number, to: number): Range[] => {
    const middle = starts4.length;
    const parts: Interval[] =
      from < middle && to > middle
        ? [
            { from, to: middle },
            { from: middle, to },
          ]
        : [{ from, to }];
    return parts.map((part) => ({
      family: familyOf(part.from),
      first: startOf(part.from),
      last: endOf(part.to - 1) - 1n,
    }));
  };
  const offset = (kind: Kind) => KINDS.indexOf(kind) * cells;
  return {
    intervalsOf: (addresses) => addresses.map(intervalOf),
    intervals: ({ type, address }) => {
      if (address === null) return [{ from: offset('local'), to: offset('local') + 1 }];
      const intervals = addressIntervals(address);
      const [only] = intervals;
      // Fast path: most records have one network, so intervals of two kinds don't touch. An array that grows also wastes memory.
      if (intervals.length === 1 && only && only.to - only.from < cells)
        return kindsOf[type].map((kind) => ({ from: offset(kind) + only.from, to: offset(kind) + only.to }));
      const joined: Interval[] = [];
      for (const kind of kindsOf[type]) {
        const first = offset(kind);
        for (const { from, to } of intervals) appendInterval(joined, { from: first + from, to: first + to });
      }
      return joined;
    },
    ofKind: (kind) => ({ from: offset(kind), to: offset(kind) + (kind === 'local' ? 1 : cells) }),
    cellAt: (kind, address = '') => {
      if (kind === 'local') return offset('local');
      const ipv4 = dottedNumber(address);
      if (ipv4 >= 0) return offset(kind) + lastNumber(starts4, ipv4);
      const numeric = numericAddress(address);
      if (!numeric) return -1;
      return numeric.family === 4
        ? offset(kind) + lastNumber(starts4, Number(numeric.bits))
        : offset(kind) + starts4.length + lastBigint(starts6, numeric.bits);
    },
    kindOf: (cell) => KINDS[Math.min(3, Math.floor(cell / cells))] ?? 'local',
    exampleIn: ({ from, to }) => {
      const first = from % cells;
      const end = Math.min(first + to - from, cells);
      return exampleAddress(rangesBetween(first, end)) ?? { family: 4, bits: startOf(first), length: 32 };
    },
    ranges: ({ from, to }) => rangesBetween(from % cells, ((to - 1) % cells) + 1),
  };
}

const inOrder = (intervals: Interval[]): readonly Interval[] =>
  intervals.length < 2 ? intervals : intervals.toSorted((a, b) => a.from - b.from);

/** Appends an interval that starts at or after the start of the last one. Merges the two if they overlap or touch. */
export function appendInterval(intervals: Interval[], interval: Interval): void {
  const last = intervals.at(-1);
  if (last && interval.from <= last.to)
    intervals[intervals.length - 1] = { from: last.from, to: Math.max(last.to, interval.to) };
  else intervals.push(interval);
}

/** The sorted values without duplicates, up to but not including `end`. */
function distinct<N extends number | bigint>(sorted: Iterable<N>, end: N): N[] {
  const result: N[] = [];
  for (const value of sorted) if (value !== result.at(-1) && value < end) result.push(value);
  return result;
}

/** Index of the last start that is at most the value. The first start is 0. */
function lastNumber(starts: Float64Array, value: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** The same for IPv6. One generic function for both is three times as slow, because V8 can't specialize it. */
function lastBigint(starts: readonly bigint[], value: bigint): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0n) <= value) low = middle;
    else high = middle;
  }
  return low;
}
