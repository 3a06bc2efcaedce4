import { isLoopback, LOOPBACK } from '../../net/loopback.ts';
import { addressText, type Family, type Prefix, prefixText, width } from '../../net/prefix.ts';
import type { AddressSet, Range } from '../../net/set.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import { rangesOf } from '../axis.ts';

/** A set of addresses that no record of a file distinguishes. */
export interface Source {
  /** `loopback`; `network`: a network in the file without the narrower networks in it; `else`: all other addresses. */
  readonly kind: 'loopback' | 'network' | 'else';
  /** The narrowest network in the file that contains the addresses; null if none does. */
  readonly network: string | null;
  /** Number of narrower networks inside that are separate sources. */
  readonly without: number;
  /** Networks whose netmask isn't a prefix length that match the addresses, as address and netmask. */
  readonly masks: readonly string[];
  readonly addresses: AddressSet;
}

interface Net extends Prefix {
  readonly end: bigint;
  /** Number of networks directly inside. */
  inside: number;
}

/** A network whose netmask isn't a prefix length. */
interface SparseNet {
  readonly text: string;
  readonly bits: bigint;
  readonly mask: bigint;
}

/**
 * The sources of one family in the order of addresses, with loopback first and all other addresses last. Every address is in
 * exactly one source, and every record matches all addresses of a source or none, except records that are off the axis.
 */
export function sourcesOf(records: readonly HbaRecord[], family: Family): Source[] {
  const nets = new Map<string, Net>();
  const sparse = new Map<string, SparseNet>();
  const boundaries: bigint[] = [0n];
  const addNet = (prefix: Prefix) => {
    if (prefix.length === 0) return;
    const end = prefix.bits + (1n << BigInt(width(family) - prefix.length));
    nets.set(prefixText(prefix), { ...prefix, end, inside: 0 });
    boundaries.push(prefix.bits, end);
  };
  addNet(LOOPBACK[family]);
  for (const { address } of records) {
    // The only address of the server that is known.
    if (address?.kind === 'samehost' && family === 4) addNet({ family, bits: 0x7f000001n, length: 32 });
    if (address?.kind !== 'network' || address.address.family !== family) continue;
    const whole = networkOf(address);
    if (whole) {
      addNet(whole);
      continue;
    }
    const text = `${addressText(address.address)} ${addressText(address.mask)}`;
    if (sparse.has(text)) continue;
    const ranges = rangesOf(address.address, address.mask);
    if (!ranges) continue;
    sparse.set(text, { text, bits: address.address.bits & address.mask.bits, mask: address.mask.bits });
    for (const { first, last } of ranges) boundaries.push(first, last + 1n);
  }
  return sweep([...nets.values()], [...sparse.values()], boundaries, family);
}

/** Sweeps the boundaries from low to high. The prefixes that contain an address are nested, so a stack holds them. */
function sweep(
  nets: readonly Net[],
  sparse: readonly SparseNet[],
  boundaries: readonly bigint[],
  family: Family,
): Source[] {
  const sorted = nets.toSorted((a, b) => (a.bits < b.bits ? -1 : a.bits > b.bits ? 1 : a.length - b.length));
  const end = 1n << BigInt(width(family));
  const starts = boundaries
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .filter((boundary, at, all) => boundary !== all[at - 1]);
  const stack: Net[] = [];
  const sources = new Map<
    string,
    { readonly net: Net | undefined; readonly masks: string[]; readonly ranges: Range[] }
  >();
  let next = 0;
  for (const [at, first] of starts.entries()) {
    if (first >= end) break;
    while (stack.length > 0 && (stack.at(-1)?.end ?? 0n) <= first) stack.pop();
    for (let net = sorted[next]; net && net.bits === first; net = sorted[++next]) {
      const outer = stack.at(-1);
      if (outer) outer.inside += 1;
      stack.push(net);
    }
    const last = (starts[at + 1] ?? end) - 1n;
    const net = stack.at(-1);
    const masks = sparse.filter(({ bits, mask }) => ((first ^ bits) & mask) === 0n).map(({ text }) => text);
    const key = JSON.stringify([net ? prefixText(net) : null, ...masks]);
    const source = sources.get(key) ?? { net, masks, ranges: [] };
    sources.set(key, source);
    const previous = source.ranges.at(-1);
    if (previous && previous.last + 1n === first) source.ranges[source.ranges.length - 1] = { ...previous, last };
    else source.ranges.push({ family, first, last });
  }
  return [...sources.values()].map(sourceOf).sort(inOrder);
}

function sourceOf({
  net,
  masks,
  ranges,
}: {
  readonly net: Net | undefined;
  readonly masks: readonly string[];
  readonly ranges: readonly Range[];
}): Source {
  return {
    kind: net && isLoopback(net) ? 'loopback' : net ? 'network' : 'else',
    network: net ? prefixText(net) : null,
    without: net?.inside ?? 0,
    masks,
    addresses: ranges,
  };
}

const KINDS = ['loopback', 'network', 'else'] as const;

function inOrder(a: Source, b: Source): number {
  const kinds = KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  const [first, second] = [a.addresses[0]?.first ?? 0n, b.addresses[0]?.first ?? 0n];
  return kinds !== 0 ? kinds : first < second ? -1 : first > second ? 1 : 0;
}
