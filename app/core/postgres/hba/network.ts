import { isLoopback as isLoopbackPrefix } from '../../net/loopback.ts';
import { addressText, type Prefix, prefixText } from '../../net/prefix.ts';
import type { HbaRecord, RecordAddress } from './record.ts';

/**
 * The network of an address field, without the bits that its mask excludes; undefined if it is not a network, or its
 * mask has holes.
 */
export const networkOf = (address: RecordAddress | null): Prefix | undefined =>
  address?.kind === 'network' ? address.network : undefined;

/** The source of a record's connections, as an administrator would write it. */
export function sourceText({ address }: Pick<HbaRecord, 'address'>): string {
  if (address === null) return 'the socket';
  if (address.kind === 'name') return address.name;
  if (address.kind !== 'network') return address.kind;
  const whole = networkOf(address);
  return whole ? prefixText(whole) : `${addressText(address.address)} ${addressText(address.mask)}`;
}

/** Whether the record matches only loopback addresses, which other machines can't use. */
export function isLoopback({ address }: Pick<HbaRecord, 'address'>): boolean {
  const whole = networkOf(address);
  return whole !== undefined && isLoopbackPrefix(whole);
}
