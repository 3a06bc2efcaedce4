import { dottedText, isLinkLocal, type Prefix, parseAddress, width } from '../../net/prefix.ts';

/** Maximum length of eight groups, the last two in dotted notation (`INET6_ADDRSTRLEN`). */
const LONGEST_ADDRESS = 45;

/**
 * A numeric address as glibc's `getaddrinfo` with `AI_NUMERICHOST` reads it, undefined for what it treats as a name.
 * Old spellings are accepted: `10` is 0.0.0.10, a leading zero means octal, `0x` hexadecimal. A zone after `%` is
 * ignored, but if the server has no such interface it reads the text as a name; here every interface is assumed to
 * exist.
 */
export function numericAddress(text: string): Prefix | undefined {
  if (!text.includes(':')) return inetAton(text);
  const percent = text.indexOf('%');
  const [address, zone] = percent < 0 ? [text, undefined] : [text.slice(0, percent), text.slice(percent + 1)];
  if (address.length > LONGEST_ADDRESS) return undefined;
  // `inet_pton` does not accept a leading zero in the dotted end of an IPv6 address.
  const parsed =
    /[:.]0[0-9]+(\.|$)/.test(address.slice(address.lastIndexOf(':'))) && address.includes('.')
      ? undefined
      : parseAddress(address);
  if (!parsed || zone === undefined) return parsed;
  return (takesInterface(parsed) && /^[^\s/:%]{1,15}$/.test(zone)) ||
    (/^[0-9]+$/.test(zone) && Number(zone) <= 0xffffffff)
    ? parsed
    : undefined;
}

/** Whether a zone may be the name of an interface: link-local and multicast of the interface or link (`inet6_scopeid_pton.c`). */
const takesInterface = (address: Prefix): boolean =>
  isLinkLocal(address) || (address.bits >> 120n === 0xffn && [1n, 2n].includes((address.bits >> 112n) & 0xfn));

function inetAton(text: string): Prefix | undefined {
  const plain = dottedNumber(text);
  if (plain >= 0) return { family: 4, bits: BigInt(plain), length: 32 };
  const parts = text.split('.');
  if (parts.length > 4) return undefined;
  const values = parts.map(cNumber);
  let bits = 0n;
  for (const [index, value] of values.entries()) {
    if (value === undefined) return undefined;
    const last = index === values.length - 1;
    const bytes = last ? BigInt(4 - index) : 1n;
    if (value >= 1n << (8n * bytes)) return undefined;
    bits = last ? (bits << (8n * bytes)) | value : (bits << 8n) | value;
  }
  return { family: 4, bits, length: 32 };
}

/** The usual spelling of IPv4, four decimal numbers without leading zeros, as one number; -1 for any other text. */
export function dottedNumber(text: string): number {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46 && digits > 0) {
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
      dots++;
    } else if (code >= 48 && code <= 57 && !(digits === 1 && octet === 0)) {
      octet = octet * 10 + code - 48;
      digits++;
      if (octet > 255) return -1;
    } else return -1;
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : -1;
}

/** A number as `strtoul` with base 0 reads it, using the whole text. */
function cNumber(text: string): bigint | undefined {
  const [, base = '', digits = ''] = /^(0[xX]0*|0*)([0-9a-fA-F]*)$/.exec(text) ?? [];
  if (text === '' || digits.length > 11) return undefined;
  if (/^0[xX]/.test(base)) return base.length + digits.length > 2 ? BigInt(`0x0${digits}`) : undefined;
  if (base !== '') return /^[0-7]*$/.test(digits) ? BigInt(`0o0${digits}`) : undefined;
  return /^[0-9]+$/.test(digits) ? BigInt(digits) : undefined;
}

/** The mask of a prefix length as `pg_sockaddr_cidr_mask` reads it, with `strtol`; undefined if it rejects it. */
export function cidrMask(length: string, family: 4 | 6): Prefix | undefined {
  const mask = masks[family].get(length);
  if (mask) return mask;
  const number = /^[ \t\n\v\f\r]*([+-]?[0-9]+)$/.exec(length)?.[1];
  return number === undefined ? undefined : masks[family].get(String(Number(number)));
}

/** The masks of every length, by the length as it is usually written. */
const masks: Readonly<Record<4 | 6, ReadonlyMap<string, Prefix>>> = { 4: masksOf(4), 6: masksOf(6) };

function masksOf(family: 4 | 6): Map<string, Prefix> {
  const full = width(family);
  return new Map(
    Array.from({ length: full + 1 }, (_, length) => [
      String(length),
      { family, bits: ((1n << BigInt(length)) - 1n) << BigInt(full - length), length: full },
    ]),
  );
}

/** The address as `getnameinfo` prints it: glibc's `inet_ntop`, which shows IPv4 inside IPv6 with dots. */
export function numericText({ family, bits }: Prefix): string {
  if (family === 4) return dottedText(Number(bits));
  const digits = bits.toString(16).padStart(32, '0');
  const words = Array.from({ length: 8 }, (_, index) => Number.parseInt(digits.slice(4 * index, 4 * index + 4), 16));
  let best = { start: -1, length: 0 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && words[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  if (best.length < 2) best = { start: -1, length: 0 };
  const embedded = best.start === 0 && (best.length === 6 || (best.length === 5 && words[5] === 0xffff));
  let text = '';
  for (let index = 0; index < 8; index++) {
    if (index >= best.start && index < best.start + best.length) {
      if (index === best.start) text += ':';
      continue;
    }
    if (index !== 0) text += ':';
    if (index === 6 && embedded) return text + dottedText(Number(bits & 0xffffffffn));
    text += (words[index] ?? 0).toString(16);
  }
  return best.start >= 0 && best.start + best.length === 8 ? `${text}:` : text;
}

/**
 * A client's address as the server shows it in messages and in its log: a link-local one with its interface. Text that
 * is not an address is unchanged.
 */
export function hostText(address: string): string {
  const client = numericAddress(address);
  if (!client) return address;
  const zone = isLinkLocal(client) && address.includes('%') ? address.slice(address.indexOf('%')) : '';
  return numericText(client) + zone;
}
