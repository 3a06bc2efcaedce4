import ipaddr from 'ipaddr.js';

/** 4 or 6. PostgreSQL never mixes the two: `0.0.0.0/0` does not match an IPv6 client (`hba.c`, `check_ip`). */
export type Family = 4 | 6;

/** A network in canonical form: the bits to the right of `length` are zero. A host has the family's full length. */
export interface Prefix {
  readonly family: Family;
  /** The network address as an unsigned number of 32 or 128 bits. */
  readonly bits: bigint;
  readonly length: number;
}

/** Bits of an address of this family. */
export const width = (family: Family): 32 | 128 => (family === 4 ? 32 : 128);

/**
 * Reads one address: dotted decimal without leading zeros, or IPv6 (RFC 4291) without zone or embedded IPv4 mapping.
 * Old `inet_aton` spellings (`10.1`, `010.0.0.1`, hex) are not addresses here, because programs read them differently.
 */
export function parseAddress(text: string): Prefix | undefined {
  const parts = dotted.exec(text)?.slice(1).map(Number);
  if (parts) return parts.every((part) => part <= 255) ? fromBytes(4, parts) : undefined;
  if (!text.includes(':') || text.includes('%')) return undefined;
  const bits = ofGroups(text);
  if (bits !== undefined) return { family: 6, bits, length: 128 };
  if (!ipaddr.IPv6.isValid(text)) return undefined;
  return fromBytes(6, ipaddr.IPv6.parse(text.replace(dottedEnd, hexadecimalEnd)).toByteArray());
}

/** The dotted end of an IPv6 address; ipaddr.js would read `::1.2.3.4` as `::ffff:1.2.3.4`. */
const dottedEnd = /([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)$/;

const hexadecimalEnd = (_: string, ...parts: readonly string[]): string => {
  const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
  return [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(':');
};

/** Reads an address or a network in CIDR notation. Bits to the right of the length are cleared. */
export function parsePrefix(text: string): Prefix | undefined {
  const [, address = '', length] = /^([^/]*)(?:\/([0-9]{1,3}))?$/.exec(text) ?? [];
  const host = parseAddress(address);
  const bits = length === undefined ? host?.length : Number(length);
  return host && bits !== undefined && bits <= width(host.family) ? network(host, bits) : undefined;
}

const octet = '(0|[1-9][0-9]{0,2})';
const dotted = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}$`);

const bytes = new Uint8Array(16);
const words = new DataView(bytes.buffer);

/** The usual spelling of IPv6, groups of digits with at most one gap; undefined for any other text, valid or not. */
function ofGroups(text: string): bigint | undefined {
  let count = 0;
  let gap = -1;
  for (let at = 0; at < text.length; ) {
    if (text.startsWith('::', at)) {
      if (gap >= 0) return undefined;
      gap = count;
      at += 2;
      if (at === text.length) break;
    }
    const start = at;
    let value = 0;
    for (; at < text.length; at++) {
      const digit = hexadecimal(text.charCodeAt(at));
      if (digit < 0) break;
      value = value * 16 + digit;
    }
    if (at === start || at - start > 4 || count === 8) return undefined;
    words.setUint16(2 * count++, value);
    if (at === text.length) break;
    if (text[at] !== ':' || at + 1 === text.length) return undefined;
    if (text[at + 1] !== ':') at++;
  }
  const missing = 8 - count;
  if (gap < 0 ? missing !== 0 : missing < 1) return undefined;
  if (gap >= 0) {
    bytes.copyWithin(2 * (gap + missing), 2 * gap, 2 * count);
    bytes.fill(0, 2 * gap, 2 * (gap + missing));
  }
  return (words.getBigUint64(0) << 64n) | words.getBigUint64(8);
}

/** The value of a hexadecimal digit, -1 for every other character. */
function hexadecimal(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const small = code | 32;
  return small >= 97 && small <= 102 ? small - 87 : -1;
}

function fromBytes(family: Family, of: readonly number[]): Prefix {
  const bits = of.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return { family, bits, length: width(family) };
}

/** The network of `length` bits that contains this address: `10.1.2.3` and 8 give `10.0.0.0/8`. */
export function network(address: Prefix, length: number): Prefix {
  const host = BigInt(width(address.family) - length);
  return { family: address.family, bits: (address.bits >> host) << host, length };
}

/** `inner` is entirely inside `outer`; a prefix contains itself. */
export function contains(outer: Prefix, inner: Prefix): boolean {
  return (
    outer.family === inner.family && outer.length <= inner.length && network(inner, outer.length).bits === outer.bits
  );
}

/** Two prefixes share an address exactly when one contains the other. */
export const overlap = (a: Prefix, b: Prefix): boolean => contains(a, b) || contains(b, a);

export const samePrefix = (a: Prefix, b: Prefix): boolean => contains(a, b) && contains(b, a);

/** Texts are equal exactly if the networks are: a key for maps and sets. */
export const prefixKey = ({ family, bits, length }: Prefix): string => `${family} ${length} ${bits.toString(32)}`;

/** Each network once, in the order of first appearance. */
export function distinct(prefixes: readonly Prefix[]): Prefix[] {
  const found = new Map<string, Prefix>();
  for (const prefix of prefixes) {
    const key = prefixKey(prefix);
    if (!found.has(key)) found.set(key, prefix);
  }
  return [...found.values()];
}

/** True for an IPv4-mapped IPv6 address (`::ffff:10.0.0.1`), which matches no IPv4 client in PostgreSQL. */
export const isMappedIPv4 = (prefix: Prefix): boolean => prefix.family === 6 && prefix.bits >> 32n === 0xffffn;

/** Link-local addresses, which are valid only on one link; each interface has its own (RFC 4291, 2.5.6). */
export const isLinkLocal = ({ family, bits }: Prefix): boolean => family === 6 && bits >> 118n === 0x3fan;

/** The address without its length: `10.8.0.0`, `2001:db8::` (RFC 5952). */
export function addressText({ family, bits }: Prefix): string {
  if (family === 4) return dottedText(Number(bits));
  words.setBigUint64(0, bits >> 64n);
  words.setBigUint64(8, bits);
  return new ipaddr.IPv6([...bytes]).toRFC5952String();
}

/** An IPv4 address, given as a number, in dotted notation. */
export const dottedText = (address: number): string =>
  `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;

/** The prefix in CIDR notation, always with its length: `203.0.113.7/32`. */
export const prefixText = (prefix: Prefix): string => `${addressText(prefix)}/${prefix.length}`;

/** The first address that a client in this network could have: the network's first host, or the host itself. */
export function firstHost(prefix: Prefix): Prefix {
  const full = width(prefix.family);
  return { family: prefix.family, bits: prefix.length >= full - 1 ? prefix.bits : prefix.bits + 1n, length: full };
}

/** Narrow before broad; IPv4 before IPv6 and low before high among equals. For lists where the first match decides. */
export function byNarrowness(a: Prefix, b: Prefix): number {
  const hostBits = (prefix: Prefix) => width(prefix.family) - prefix.length;
  if (a.family !== b.family) return a.family - b.family;
  if (hostBits(a) !== hostBits(b)) return hostBits(a) - hostBits(b);
  return a.bits < b.bits ? -1 : a.bits > b.bits ? 1 : 0;
}
