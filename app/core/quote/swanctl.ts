import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Swanctl = Quoted<'swanctl'>;

/** A line or a piece of `swanctl.conf` or `strongswan.conf`. */
export const swanctl = template<'swanctl'>();

export const swanctlComment = lineComment<'swanctl'>('#');

/**
 * A name or value without blanks, commas, quotes, braces or `#`, which mean something there (strongswan.conf(5)). Only
 * addresses, host names and identities that Postern makes stand in these files; names of the plan stand in comments.
 */
export function swanctlWord(value: string): Swanctl {
  if (!/^[A-Za-z0-9_.:/-]+$/.test(value)) throw new Error(`swanctl.conf cannot hold ${JSON.stringify(value)}`);
  return value as Swanctl;
}
