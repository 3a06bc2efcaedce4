import { addressText, type Prefix, prefixText, width } from '../net/prefix.ts';
import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Nft = Quoted<'nft'>;

/** A line or a piece of a ruleset of nftables. */
export const nft = template<'nft'>();

export const nftComment = lineComment<'nft'>('#');

/** A network as nft(8) writes it; a host without its length. Names of people never reach a ruleset but as comments. */
export const nftPrefix = (prefix: Prefix): Nft =>
  (prefix.length === width(prefix.family) ? addressText(prefix) : prefixText(prefix)) as Nft;
