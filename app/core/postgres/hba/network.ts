import { addressText, network, type Prefix, prefixText, width } from '../../net/prefix.ts';
import type { HbaRecord, RecordAddress } from './record.ts';

/** The network of an address field, without the bits that its mask leaves out; undefined where it is none, or its mask has holes. */
export function networkOf(address: RecordAddress | null): Prefix | undefined {
  if (address?.kind !== 'network') return undefined;
  const { family, bits } = address.mask;
  const full = width(family);
  const length = bits === 0n ? 0 : bits.toString(2).replace(/0+$/, '').length + full - bits.toString(2).length;
  const contiguous = bits === ((1n << BigInt(length)) - 1n) << BigInt(full - length);
  return contiguous ? network(address.address, length) : undefined;
}

/** Where a record's connections come from, as one would write it. */
export function sourceText({ address }: Pick<HbaRecord, 'address'>): string {
  if (address === null) return 'the socket';
  if (address.kind === 'name') return address.name;
  if (address.kind !== 'network') return address.kind;
  const known = networkOf(address);
  return known ? prefixText(known) : `${addressText(address.address)} ${addressText(address.mask)}`;
}

/** Loopback alone, which nobody reaches from another machine. */
export function isLoopback({ address }: Pick<HbaRecord, 'address'>): boolean {
  const known = networkOf(address);
  if (!known) return false;
  return known.family === 4
    ? known.length >= 8 && known.bits >> 24n === 127n
    : known.length === 128 && known.bits === 1n;
}
