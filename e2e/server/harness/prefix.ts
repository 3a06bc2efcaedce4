import ipaddr from 'ipaddr.js';

/**
 * A network as a range of whole numbers. Implemented only for the tests, so that they do not depend on what they test.
 */
export interface Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads `10.0.0.0/8`, `2001:db8::/32` or one address. */
export function range(text: string): Range {
  const [address = '', length] = text.split('/');
  const parsed = ipaddr.parse(address);
  const bytes = parsed.toByteArray();
  const family = bytes.length === 4 ? 4 : 6;
  const width = BigInt(bytes.length * 8);
  const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const size = 1n << (width - BigInt(length ?? width));
  const first = value - (value % size);
  return { family, first, last: first + size - 1n };
}

export function addressText(family: 4 | 6, value: bigint): string {
  const count = family === 4 ? 4 : 16;
  const bytes = Array.from({ length: count }, (_, index) => Number((value >> BigInt(8 * (count - 1 - index))) & 255n));
  // RFC 5952, the form in which PostgreSQL and the kernel print an address.
  const parsed = ipaddr.fromByteArray(bytes);
  return parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
}

export const holds = (network: string, address: string): boolean => {
  const [outer, inner] = [range(network), range(address)];
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
};

/** An address that a host may have: not loopback, not multicast, not "this network", not the unspecified one. */
export function usable(address: string): boolean {
  return !['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3', '::/127', 'ff00::/8', 'fe80::/10', '::ffff:0:0/96'].some(
    (network) => holds(network, address),
  );
}

/** Addresses inside a network, the first and the last that a host may have. */
export function inside(network: string): string[] {
  const { family, first, last } = range(network);
  const single = first === last;
  const middle = first + (last - first) / 2n;
  const wanted = single ? [first] : [first + 1n, last - 1n, middle, first + (last - first) / 3n];
  return [...new Set(wanted.map((value) => addressText(family, value)))].filter(
    (address) => holds(network, address) && usable(address),
  );
}

/** The neighbours of a network, which are just outside it, and addresses from far away. */
export function outside(network: string): string[] {
  const { family, first, last } = range(network);
  const top = family === 4 ? 2n ** 32n : 2n ** 128n;
  const neighbours = [last + 1n, first - 1n]
    .filter((value) => value >= 0n && value < top)
    .map((value) => addressText(family, value));
  const far = family === 4 ? ['192.0.2.199', '198.18.7.7', '9.9.9.9'] : ['2001:db8:dead::99', '3fff:dead::99'];
  return [...neighbours, ...far].filter((address) => !holds(network, address) && usable(address));
}
