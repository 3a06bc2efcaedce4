import { regexText } from '../quote/fail2ban.ts';
import type { Ini } from '../quote/ini.ts';

/** A piece of `log_line_prefix`: text, or an escape that the server fills in. */
export type PrefixPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'escape'; readonly letter: string; readonly padded: boolean };

/** Reads a `log_line_prefix` as `log_line_prefix()` of elog.c does. */
export function prefixParts(prefix: string): PrefixPart[] {
  return [...prefix.matchAll(/%(-?[0-9]*)([A-Za-z%])|[^%]+/g)].map(([text, padding = '', letter]): PrefixPart => {
    if (letter === undefined) return { kind: 'text', text };
    return letter === '%' ? { kind: 'text', text: '%' } : { kind: 'escape', letter, padded: padding !== '' };
  });
}

/** Why a line with this prefix does not reliably identify the client. */
export type PrefixDoubt = 'noHost' | 'glued' | 'before' | 'newline';

const isHost = (part: PrefixPart | undefined) =>
  part?.kind === 'escape' && (part.letter === 'h' || part.letter === 'r');
const isOneOf = (letters: string) => (part: PrefixPart) => part.kind === 'escape' && letters.includes(part.letter);

/**
 * Role and database of the prefix are client input, not yet verified, and elog.c writes them unchanged: before the
 * address they can look like one, and a line break in them starts a forged line. Syslog numbers the lines of a message,
 * so the forged line can be detected, but the real one ends before the text of the failure.
 */
export function prefixDoubt(prefix: string): PrefixDoubt | undefined {
  const parts = prefixParts(prefix).filter((part) => !isOneOf('q')(part));
  const at = parts.findIndex(isHost);
  if (at < 0) return 'noHost';
  if (parts.slice(0, at).some(isOneOf('uda'))) return 'before';
  const apart = (part: PrefixPart | undefined, edge: number) =>
    part?.kind === 'text' && /[^\p{L}\p{N}.:%_-]/u.test(part.text.at(edge) ?? '');
  const [before, host, after] = [parts[at - 1], parts[at], parts[at + 1]];
  if (before !== undefined && !apart(before, -1)) return 'glued';
  if (host?.kind === 'escape' && host.letter === 'h' && !apart(after, 0)) return 'glued';
  return parts.some(isOneOf('ud')) ? 'newline' : undefined;
}

const stamp = '[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}';

/** What each escape prints for a client backend (manual, 19.8.3); escapes unknown to a major print nothing. */
const PRINTED: Readonly<Record<string, string>> = {
  a: '.*?',
  b: '(?:[a-z ]+)?',
  c: '[0-9a-f]+[.][0-9a-f]+',
  d: '.*?',
  e: '[0-9A-Z]{5}',
  h: '<ADDR>',
  i: '[A-Za-z ]*?',
  l: '[0-9]+',
  L: '[^ ]*',
  m: `${stamp}[.][0-9]{3} [^ ]+?`,
  n: '[0-9]+[.][0-9]{3}',
  p: '[0-9]+',
  P: '[0-9]*',
  q: '',
  Q: '-?[0-9]*',
  r: '<ADDR>[(][0-9]+[)]',
  s: `${stamp} [^ ]+?`,
  t: `${stamp} [^ ]+?`,
  u: '.*?',
  v: '[0-9/]*',
  x: '[0-9]*',
};

/** The regular expression for what a `log_line_prefix` prints. Only the first address is fail2ban's `<ADDR>`. */
export function regexOfPrefix(prefix: string): Ini {
  let told = false;
  const parts = prefixParts(prefix).map((part) => {
    if (part.kind === 'text') return regexText(part.text);
    const host = part.letter === 'h' || part.letter === 'r';
    const printed = host && told ? '[^ ]+' : (PRINTED[part.letter] ?? '');
    told ||= host;
    return part.padded ? ` *${printed} *` : printed;
  });
  return parts.join('') as Ini;
}
