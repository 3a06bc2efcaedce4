import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Haproxy = Quoted<'haproxy'>;

/** A line or a piece of `haproxy.cfg`. */
export const haproxy = template<'haproxy'>();

export const haproxyComment = lineComment<'haproxy'>('#');

/**
 * One argument without blanks, quotes, `#`, `$` or backslashes, which mean something there (configuration manual 2.2). Only
 * addresses and ports of the plan stand in this file; names stand in comments.
 */
export function haproxyWord(value: string): Haproxy {
  if (!/^[A-Za-z0-9_.:/[\]-]+$/.test(value)) throw new Error(`haproxy.cfg cannot hold ${JSON.stringify(value)}`);
  return value as Haproxy;
}
