import type { Family, Prefix } from '../../net/prefix.ts';
import type { AddressSet, Range } from '../../net/set.ts';
import { dottedNumber, numericAddress } from '../../postgres/hba/address.ts';
import type { ConnectionType, HbaRecord, RecordAddress } from '../../postgres/hba/record.ts';
import type { Span } from './cover.ts';

/** How a connection comes, in the order in which it stands on the axis. */
export const KINDS = ['none', 'tls', 'gss', 'local'] as const;
export type Kind = (typeof KINDS)[number];

export const kindsOf: Readonly<Record<ConnectionType, readonly Kind[]>> = {
  local: ['local'],
  host: ['none', 'tls', 'gss'],
  hostssl: ['tls'],
  hostnossl: ['none', 'gss'],
  hostgssenc: ['gss'],
  hostnogssenc: ['none', 'tls'],
};

/** A mask with holes is taken apart into its ranges up to this many. */
const RANGES = 4096;

/**
 * Everything from where a connection can come, as one row of cells: the addresses once for each kind of TCP connection,
 * then one cell for the socket. Addresses that no record tells apart share a cell, so intervals are exact and numbers small.
 */
export interface Axis {
  /** The cells of addresses that the axis was made for, within one kind. */
  spansOf(addresses: AddressSet): readonly Span[];
  /** The cells that a record takes, of those addresses that can be counted. */
  spans(record: Pick<HbaRecord, 'type' | 'address'>): readonly Span[];
  /** All cells of one kind. */
  ofKind(kind: Kind): Span;
  kindOf(cell: number): Kind;
  /** The cell of a connection; -1 for a text that is no address. */
  cellAt(kind: Kind, address: string | undefined): number;
  /** The first address of a cell of TCP connections. */
  addressOf(cell: number): Prefix;
  /** Every address from the first cell to the last, as ranges of one family each. */
  ranges(span: Span): Range[];
}

/** Loopback stands for the server's own addresses and networks, which no file tells; every server has these. */
const own = {
  samehost: [range4(0x7f000001n, 0x7f000001n), { family: 6, first: 1n, last: 1n }],
  samenet: [range4(0x7f000000n, 0x7fffffffn), { family: 6, first: 1n, last: 1n }],
} as const;

function range4(first: bigint, last: bigint): Range {
  return { family: 4, first, last };
}

const END = { 4: 1n << 32n, 6: 1n << 128n } as const;

/** Ranges of a numeric network; undefined where its mask has more holes than can be counted. */
export function rangesOf(address: Prefix, mask: Prefix): readonly Range[] | undefined {
  const { family } = address;
  const free = mask.bits ^ (END[family] - 1n);
  const network = address.bits & mask.bits;
  // Most masks have no hole: what they leave free is a number of ones.
  if ((free & (free + 1n)) === 0n) return [{ family, first: network, last: network | free }];
  // The bits right of the mask's lowest one are one range; each zero left of it doubles the number of ranges.
  let low = 0n;
  while (low < mask.length && ((free >> low) & 1n) === 1n) low++;
  const holes: bigint[] = [];
  for (let bit = low; bit < mask.length; bit++) if (((free >> bit) & 1n) === 1n) holes.push(1n << bit);
  if (2 ** holes.length > RANGES) return undefined;
  let starts = [network];
  for (const hole of holes) starts = starts.flatMap((start) => [start, start | hole]);
  return starts.map((first) => ({ family, first, last: first + (1n << low) - 1n }));
}

function countable(address: RecordAddress): readonly Range[] | undefined {
  if (address.kind === 'network') return rangesOf(address.address, address.mask);
  return address.kind === 'samehost' || address.kind === 'samenet' ? own[address.kind] : undefined;
}

/** The axis on which these records, and a set of addresses, can be told apart. */
export function axisOf(records: readonly HbaRecord[], apart: AddressSet = []): Axis {
  const found = new Map<RecordAddress, readonly Range[]>();
  const four: number[] = [0];
  const six: bigint[] = [0n];
  const mark = (ranges: readonly Range[]) => {
    for (const { family, first, last } of ranges) {
      if (family === 4) four.push(Number(first), Number(last) + 1);
      else six.push(first, last + 1n);
    }
  };
  for (const { address } of records) {
    if (address === null) continue;
    const ranges = countable(address);
    if (!ranges) continue;
    found.set(address, ranges);
    mark(ranges);
  }
  mark(apart);
  // Sorted, and not gathered in sets: V8 hashes a bigint by its low bits, which are equal in networks of IPv6.
  const starts4 = Float64Array.from(distinct(Float64Array.from(four).sort(), Number(END[4])));
  const starts6 = distinct(
    six.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
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
  const spanOf = ({ family, first, last }: Range): Span => ({
    from: cellOf(family, first),
    to: cellOf(family, last + 1n),
  });

  const addressSpans = (address: RecordAddress): readonly Span[] => {
    if (address.kind === 'all' || address.kind === 'name') return whole;
    return inOrder(found.get(address)?.map(spanOf) ?? []);
  };
  const offset = (kind: Kind) => KINDS.indexOf(kind) * cells;
  return {
    spansOf: (addresses) => addresses.map(spanOf),
    spans: ({ type, address }) => {
      if (address === null) return [{ from: offset('local'), to: offset('local') + 1 }];
      const spans = addressSpans(address);
      const [only] = spans;
      // Most records are of one network, whose spans of two kinds do not touch; a list that grows would keep room for more.
      if (spans.length === 1 && only && only.to - only.from < cells)
        return kindsOf[type].map((kind) => ({ from: offset(kind) + only.from, to: offset(kind) + only.to }));
      const taken: Span[] = [];
      for (const kind of kindsOf[type]) {
        const first = offset(kind);
        for (const { from, to } of spans) join(taken, { from: first + from, to: first + to });
      }
      return taken;
    },
    ofKind: (kind) => ({ from: offset(kind), to: offset(kind) + (kind === 'local' ? 1 : cells) }),
    cellAt: (kind, address = '') => {
      if (kind === 'local') return offset('local');
      const four = dottedNumber(address);
      if (four >= 0) return offset(kind) + lastNumber(starts4, four);
      const numeric = numericAddress(address);
      if (!numeric) return -1;
      return numeric.family === 4
        ? offset(kind) + lastNumber(starts4, Number(numeric.bits))
        : offset(kind) + starts4.length + lastBigint(starts6, numeric.bits);
    },
    kindOf: (cell) => KINDS[Math.min(3, Math.floor(cell / cells))] ?? 'local',
    addressOf: (cell) => {
      const at = cell % cells;
      const family = familyOf(at);
      const [first, last] = [startOf(at), endOf(at) - 1n];
      // 0.0.0.0 and :: are nobody's addresses.
      return { family, bits: first === 0n && last > first ? 1n : first, length: family === 4 ? 32 : 128 };
    },
    ranges: ({ from, to }) => {
      const [first, last] = [from % cells, ((to - 1) % cells) + 1];
      const middle = starts4.length;
      const parts: Span[] =
        first < middle && last > middle
          ? [
              { from: first, to: middle },
              { from: middle, to: last },
            ]
          : [{ from: first, to: last }];
      return parts.map((part) => ({
        family: familyOf(part.from),
        first: startOf(part.from),
        last: endOf(part.to - 1) - 1n,
      }));
    },
  };
}

const inOrder = (spans: Span[]): readonly Span[] =>
  spans.length < 2 ? spans : spans.toSorted((a, b) => a.from - b.from);

/** Adds a span that begins at or behind the start of the last one, so that the spans do not touch. */
export function join(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last && span.from <= last.to) spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  else spans.push(span);
}

/** Sorted numbers once each, those below an end. */
function distinct<N extends number | bigint>(sorted: Iterable<N>, end: N): N[] {
  const found: N[] = [];
  for (const one of sorted) if (one !== found.at(-1) && one < end) found.push(one);
  return found;
}

/** Index of the last start that is not above the value; the first one is 0. */
function lastNumber(starts: Float64Array, value: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** The same for IPv6. One function for both would be three times as slow for either. */
function lastBigint(starts: readonly bigint[], value: bigint): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0n) <= value) low = middle;
    else high = middle;
  }
  return low;
}
