import { type Family, type Prefix, parsePrefix, width } from './prefix.ts';
import { higher, lower, type Range } from './set.ts';

/**
 * Where to look for an example first: addresses and networks for documentation (RFC 5737, RFC 3849), then private networks (RFC 1918,
 * RFC 4193), then every network whose addresses identify single hosts. Addresses such as 0.0.0.1 or 224.0.0.1 belong to
 * no client.
 */
const preferred: Readonly<Record<Family, readonly Range[]>> = {
  4: [
    ...['203.0.113.50/32', '198.51.100.50/32', '192.0.2.50/32', '203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24'],
    ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ]
    .map(rangeOf)
    .concat(range(4, '1.0.0.0/32', '126.255.255.255/32'), range(4, '128.0.0.0/32', '169.253.255.255/32'))
    .concat(range(4, '169.255.0.0/32', '223.255.255.255/32'), rangeOf('127.0.0.0/8')),
  6: ['2001:db8::50/128', '2001:db8::/32', 'fd00::/8', '2000::/3'].map(rangeOf),
};

function rangeOf(text: string): Range {
  const prefix = parsePrefix(text);
  if (!prefix) throw new Error(`${text} is not a network.`);
  const { family, bits, length } = prefix;
  return { family, first: bits, last: bits + (1n << BigInt(width(family) - length)) - 1n };
}

function range(family: Family, first: string, last: string): Range {
  return { family, first: rangeOf(first).first, last: rangeOf(last).last };
}

/**
 * An address of these ranges that a client could have, to show as an example: not the first address of a network, and
 * not its broadcast address, unless the ranges contain no other. Undefined if there are no ranges.
 */
export function exampleAddress(ranges: readonly Range[]): Prefix | undefined {
  for (const family of [4, 6] as const) {
    for (const network of preferred[family]) {
      for (const one of ranges) {
        if (one.family !== family || one.last < network.first || one.first > network.last) continue;
        const first = higher(one.first, network.first);
        const last = lower(one.last, network.last);
        return { family, bits: hostIn(family, first, last), length: width(family) };
      }
    }
  }
  const [one] = ranges;
  if (!one) return undefined;
  return { family: one.family, bits: hostIn(one.family, one.first, one.last), length: width(one.family) };
}

/** The first address after the network address, or the only one. */
function hostIn(family: Family, first: bigint, last: bigint): bigint {
  let host = last - first > 1n ? first + 1n : first;
  // Addresses that end in .0 or .255 are usually those of a network.
  if (family === 4) while (host < last && ((host & 255n) === 0n || (host & 255n) === 255n)) host += 1n;
  return host;
}
