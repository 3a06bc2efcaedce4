import { addressText, type Family, type Prefix, prefixText, width } from '../../net/prefix.ts';
import type { AddressSet, Range } from '../../net/set.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import { rangesOf } from '../reach/axis.ts';

/** Addresses that no record of a file tells apart. */
export interface Source {
  /** Loopback, a network that the file names without those inside it that it names too, or what is left. */
  readonly kind: 'loopback' | 'network' | 'else';
  /** The narrowest network of the file that holds them; null where none does. */
  readonly network: string | null;
  /** Networks inside that are sources of their own. */
  readonly without: number;
  /** Masks with holes that match them, as the file writes them. */
  readonly masks: readonly string[];
  readonly addresses: AddressSet;
}

const loopbacks: Readonly<Record<Family, Prefix>> = {
  4: { family: 4, bits: 127n << 24n, length: 8 },
  6: { family: 6, bits: 1n, length: 128 },
};

const isLoopback = ({ family, first, last }: Range): boolean =>
  family === 4 ? first >> 24n === 127n && last >> 24n === 127n : first === 1n && last === 1n;

interface Net extends Prefix {
  readonly end: bigint;
  inside: number;
}

/** A mask with holes. */
interface Holes {
  readonly text: string;
  readonly bits: bigint;
  readonly mask: bigint;
}

/**
 * The sources of one family, in the order of addresses with loopback first and what no network holds last. Every address is
 * in exactly one, and every record that can be judged matches all addresses of a source or none. A mask with more holes than
 * can be counted is not judged.
 */
export function sourcesOf(records: readonly HbaRecord[], family: Family): Source[] {
  const nets = new Map<string, Net>();
  const holes = new Map<string, Holes>();
  const cuts: bigint[] = [0n];
  const addNet = (prefix: Prefix) => {
    if (prefix.length === 0) return;
    const end = prefix.bits + (1n << BigInt(width(family) - prefix.length));
    nets.set(prefixText(prefix), { ...prefix, end, inside: 0 });
    cuts.push(prefix.bits, end);
  };
  addNet(loopbacks[family]);
  for (const { address } of records) {
    // The address of the server that is known without asking it.
    if (address?.kind === 'samehost' && family === 4) addNet({ family, bits: 0x7f000001n, length: 32 });
    if (address?.kind !== 'network' || address.address.family !== family) continue;
    const whole = networkOf(address);
    if (whole) {
      addNet(whole);
      continue;
    }
    const text = `${addressText(address.address)} ${addressText(address.mask)}`;
    if (holes.has(text)) continue;
    const ranges = rangesOf(address.address, address.mask);
    if (!ranges) continue;
    holes.set(text, { text, bits: address.address.bits & address.mask.bits, mask: address.mask.bits });
    for (const { first, last } of ranges) cuts.push(first, last + 1n);
  }
  return swept([...nets.values()], [...holes.values()], cuts, family);
}

/** Goes through the addresses from low to high. The networks that hold one lie inside one another, so a stack of them is enough. */
function swept(nets: readonly Net[], holes: readonly Holes[], cuts: readonly bigint[], family: Family): Source[] {
  const sorted = nets.toSorted((a, b) => (a.bits < b.bits ? -1 : a.bits > b.bits ? 1 : a.length - b.length));
  const end = 1n << BigInt(width(family));
  const starts = cuts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).filter((cut, at, all) => cut !== all[at - 1]);
  const stack: Net[] = [];
  const found = new Map<
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
    const masks = holes.filter(({ bits, mask }) => ((first ^ bits) & mask) === 0n).map(({ text }) => text);
    const key = JSON.stringify([net ? prefixText(net) : null, ...masks]);
    const known = found.get(key) ?? { net, masks, ranges: [] };
    found.set(key, known);
    const before = known.ranges.at(-1);
    if (before && before.last + 1n === first) known.ranges[known.ranges.length - 1] = { ...before, last };
    else known.ranges.push({ family, first, last });
  }
  return [...found.values()].map(sourceOf).sort(inOrder);
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
  const [first] = ranges;
  return {
    kind: first && isLoopback(first) ? 'loopback' : net ? 'network' : 'else',
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
