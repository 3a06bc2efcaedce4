import { addressText, type Prefix, prefixText } from '../../net/prefix.ts';
import type { HbaRecord, RecordAddress } from './record.ts';

/** The network of an address field, without the bits that its mask leaves out; undefined where it is none, or its mask has holes. */
export const networkOf = (address: RecordAddress | null): Prefix | undefined =>
  address?.kind === 'network' ? address.network : undefined;

/** Where a record's connections come from, as one would write it. */
export function sourceText({ address }: Pick<HbaRecord, 'address'>): string {
  if (address === null) return 'the socket';
  if (address.kind === 'name') return address.name;
  if (address.kind !== 'network') return address.kind;
  const whole = networkOf(address);
  return whole ? prefixText(whole) : `${addressText(address.address)} ${addressText(address.mask)}`;
}

/** Loopback alone, which nobody reaches from another machine. */
export function isLoopback({ address }: Pick<HbaRecord, 'address'>): boolean {
  const whole = networkOf(address);
  if (!whole) return false;
  return whole.family === 4
    ? whole.length >= 8 && whole.bits >> 24n === 127n
    : whole.length === 128 && whole.bits === 1n;
}
