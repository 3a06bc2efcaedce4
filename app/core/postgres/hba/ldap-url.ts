import { cString, encodeBytes } from '../../bytes/bytes.ts';
import { decodeBytes } from '../../bytes/decode.ts';

/** An LDAP URL as `ldap_url_parse` splits it. An undefined part leaves PostgreSQL's option unchanged. */
export interface LdapUrl {
  readonly scheme: string;
  readonly host: string | undefined;
  /** The scheme's default port if the URL has none. */
  readonly port: number;
  readonly baseDn: string | undefined;
  /** The list of attributes; one that is present but has no items is empty. */
  readonly attributes: readonly string[] | undefined;
  readonly scope: number;
  readonly filter: string | undefined;
}

/**
 * Why OpenLDAP cannot parse a URL. PostgreSQL passes the parser's code (`LDAP_URL_ERR_*` of ldap.h) to
 * `ldap_err2string`, which treats it as an LDAP result code, so the text is unrelated to the error.
 */
const unreadable = {
  scheme: 'Time limit exceeded',
  enclosure: 'Size limit exceeded',
  url: 'Compare False',
  scope: 'Strong(er) authentication required',
  filter: 'Partial results and referral received',
  extensions: 'Referral',
} as const;

export type LdapUrlProblem = { readonly reason: (typeof unreadable)[keyof typeof unreadable] };

/** The words that `ldap_pvt_bv2scope` knows, and the numbers of the scopes. */
const scopes: ReadonlyMap<string, number> = new Map([
  ['base', 0],
  ['one', 1],
  ['onelevel', 1],
  ['sub', 2],
  ['subtree', 2],
  ['subord', 3],
  ['subordinate', 3],
  ['children', 3],
]);

const failed = (fault: keyof typeof unreadable): LdapUrlProblem => ({ reason: unreadable[fault] });

/**
 * Reads `ldap://host:port/dn?attributes?scope?filter?extensions` as OpenLDAP does (`ldap_url_parse_ext` of
 * libraries/libldap/url.c with `LDAP_PVT_URL_PARSE_HISTORIC`), which is more lenient than RFC 4516 and differs from it
 * in places: see the comments. It reports the first error from left to right.
 */
export function parseLdapUrl(url: string): LdapUrl | LdapUrlProblem {
  const [, opened, written = '', behind = ''] = /^(<?)(?:url:)?(p?ldaps?|ldapi):\/\/(.*)$/is.exec(url) ?? [];
  if (opened === undefined) return failed('scheme');
  if (opened !== '' && !behind.endsWith('>')) return failed('enclosure');
  const scheme = written.toLowerCase();
  const rest = opened === '' ? behind : behind.slice(0, -1);

  // The first slash ends the host, even one after a question mark. Without a slash nothing after the `?` is read.
  const slash = rest.indexOf('/');
  const hostPort = slash >= 0 ? rest.slice(0, slash) : before(rest, '?');
  const server = scheme === 'ldapi' ? { host: unescaped(hostPort), port: 0 } : hostAndPort(hostPort, scheme);
  if ('reason' in server) return server;
  const found = { scheme, ...server, host: server.host === '' ? undefined : server.host };
  if (slash < 0) return { ...found, baseDn: undefined, attributes: undefined, scope: 0, filter: undefined };

  const [baseDn = '', attributes = '', scope = '', filter = '', ...extensions] = rest.slice(slash + 1).split('?');
  const scopeNumber = scope === '' ? 0 : scopes.get(unescaped(scope).toLowerCase());
  if (scopeNumber === undefined) return failed('scope');
  if (filter !== '' && unescaped(filter) === '') return failed('filter');
  if (extensions.length > 1) return failed('url');
  if (extensions.length === 1 && items(extensions[0] ?? '').length === 0) return failed('extensions');
  return {
    ...found,
    // An empty name also sets the option.
    baseDn: unescaped(baseDn),
    attributes: attributes === '' ? undefined : items(unescaped(attributes)),
    scope: scopeNumber,
    filter: filter === '' ? undefined : unescaped(filter),
  };
}

/** Whether a URL has an attribute list without an attribute. */
export const namesNoAttribute = ({ attributes }: LdapUrl): boolean => attributes?.length === 0;

function hostAndPort(text: string, scheme: string): { readonly host: string; readonly port: number } | LdapUrlProblem {
  const bracketed = text.startsWith('[');
  const end = text.indexOf(']');
  if (bracketed && end < 0) return failed('url');
  const host = bracketed ? text.slice(0, end) : before(text, ':');
  // Between the bracket and its port nothing is allowed; without a port, anything is.
  const after = bracketed ? text.slice(end + 1) : text.slice(host.length);
  const colon = after.indexOf(':');
  if (colon > 0) return failed('url');
  const port = colon < 0 ? 0 : portNumber(unescaped(after.slice(1)));
  if (port === undefined) return failed('url');
  // Port 0 means no port.
  return { host: bracketed ? inBrackets(host) : unescaped(host), port: port || (scheme === 'ldaps' ? 636 : 389) };
}

/** `strtol` to the end of the text, stored in an `int`; undefined if it is not a number. */
function portNumber(text: string): number | undefined {
  const digits = /^[ \t\n\v\f\r]*([+-]?[0-9]+)$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
  const value = BigInt(digits.replace('+', ''));
  return Number(BigInt.asIntN(32, value < least ? least : value > most ? most : value));
}

/** The items of a list; empty ones are ignored (`ldap_str2charray`). */
const items = (text: string): string[] => text.split(',').filter((item) => item !== '');

function before(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}

const PERCENT = 0x25;

/**
 * The text without percent-encoding, up to a NUL; a percent sign without two hexadecimal digits makes the whole text
 * empty.
 */
function unescaped(text: string): string {
  if (!text.includes('%')) return text;
  const { bytes, bad } = unescapedBytes(encodeBytes(text));
  return bad ? '' : cText(bytes);
}

/**
 * OpenLDAP decodes in place, and reads the host after the bracket. An invalid percent sign empties the text with a NUL
 * at the position of that bracket, which is not read: the host is then what has been decoded so far, followed by the
 * unchanged rest. `[fe80::1%eth0]` results in the same text.
 */
function inBrackets(text: string): string {
  const written = encodeBytes(text);
  const { bytes, bad } = unescapedBytes(written);
  return cText((bad ? [...bytes, ...written.slice(bytes.length)] : bytes).slice(1));
}

/** The bytes up to the first percent sign that is invalid (`bad`). */
function unescapedBytes(bytes: Uint8Array): { readonly bytes: number[]; readonly bad: boolean } {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== PERCENT) {
      found.push(byte);
      continue;
    }
    const digits = String.fromCharCode(...bytes.slice(at + 1, at + 3));
    if (!/^[0-9a-f]{2}$/i.test(digits)) return { bytes: found, bad: true };
    found.push(Number.parseInt(digits, 16));
    at += 2;
  }
  return { bytes: found, bad: false };
}

const cText = (bytes: readonly number[]): string => cString(decodeBytes(Uint8Array.from(bytes)));
