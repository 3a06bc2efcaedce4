import { parseAddress, samePrefix } from '../net/prefix.ts';
import type { Alternative, Certificate } from './certificate.ts';

/** Whether a certificate is valid for the host name as written, and what libpq prints if it is not. */
export type NameCheck =
  | { readonly matches: true; readonly by: string }
  | { readonly matches: false; readonly words: string };

/**
 * libpq's name check with `sslmode=verify-full` (`fe-secure-common.c`, `fe-secure-openssl.c`). Since 15 an address is
 * compared with the address entries, and the common name counts unless there is an entry of the host's own kind. Before
 * 15, address entries are ignored, and the common name counts if there is no DNS name.
 */
export function libpqName(certificate: Certificate, host: string, major: number): NameCheck {
  const { alternatives, commonName } = certificate;
  const kind = parseAddress(host) ? 'ip' : 'dns';
  const looked: string[] = [];
  const tried = (text: string): boolean => looked.push(text) > 0;
  for (const alternative of alternatives) {
    if (alternative.kind === 'ip' && major < 15) continue;
    if (alternative.text.includes('\0')) return embeddedNull;
    if (alternative.kind === 'ip' && !parseAddress(alternative.text))
      return { matches: false, words: invalidLength(alternative) };
    tried(alternative.text);
    const same = alternative.kind === 'ip' ? sameAddress(alternative.text, host) : sameName(alternative.text, host);
    if (same) return { matches: true, by: alternative.text };
  }
  const skipsCommonName =
    major < 15 ? looked.length > 0 : alternatives.some((alternative) => alternative.kind === kind);
  if (commonName !== null && !skipsCommonName) {
    if (commonName.includes('\0')) return embeddedNull;
    tried(commonName);
    if (sameName(commonName, host)) return { matches: true, by: commonName };
  }
  return { matches: false, words: mismatch(looked, host) };
}

const embeddedNull = { matches: false, words: "SSL certificate's name contains embedded null" } as const;

const invalidLength = ({ text }: Alternative) =>
  `certificate contains IP address with invalid length ${text.length / 2}`;

function mismatch([first, ...others]: readonly string[], host: string): string {
  if (first === undefined) return "could not get server's host name from server certificate";
  const more = others.length === 0 ? '' : ` (and ${others.length} other ${others.length === 1 ? 'name' : 'names'})`;
  return `server certificate for "${first}"${more} does not match host name "${host}"`;
}

function sameAddress(one: string, other: string): boolean {
  const [a, b] = [parseAddress(one), parseAddress(other)];
  return a !== undefined && b !== undefined && samePrefix(a, b);
}

/** Only ASCII letters are lowercased: names are bytes to libpq. */
const fold = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** An asterisk matches exactly the first label; libpq does not check whether the host is an address. */
function sameName(pattern: string, host: string): boolean {
  const [wanted, given] = [fold(pattern), fold(host)];
  if (wanted === given) return true;
  return (
    wanted.length >= 3 &&
    wanted.startsWith('*.') &&
    wanted.length <= given.length &&
    given.slice(given.indexOf('.')) === wanted.slice(1)
  );
}

/** Drivers with their own rules for names. */
export const DRIVERS = ['libpq14', 'jdbc', 'node', 'go'] as const;
export type Driver = (typeof DRIVERS)[number];

/**
 * Whether a driver with its own check accepts the certificate for this host; if there are several common names, the
 * first counts here.
 */
export function driverName(driver: Driver, certificate: Certificate, host: string): boolean {
  const { alternatives, commonName } = certificate;
  const address = parseAddress(host) !== undefined;
  const names = alternatives.filter(({ kind }) => kind === 'dns').map(({ text }) => text);
  const addresses = alternatives.filter(({ kind }) => kind === 'ip').map(({ text }) => text);
  switch (driver) {
    case 'libpq14':
      return libpqName(certificate, host, 14).matches;
    case 'jdbc': {
      // PGjdbcHostnameVerifier compares text, and Java writes an IPv6 address without `::`.
      const written = addresses.map(javaText);
      if ([...names, ...written].some((one) => sameName(one, host))) return true;
      return names.length === 0 && commonName !== null && sameName(commonName, host);
    }
    case 'node':
      // tls.checkServerIdentity: only addresses for an address; the common name only where there is no DNS name.
      if (address) return addresses.some((one) => sameAddress(one, host));
      return (names.length > 0 ? names : commonName === null ? [] : [commonName]).some((one) => nodeName(one, host));
    case 'go':
      // crypto/x509, VerifyHostname: the common name never counts since Go 1.15.
      return address ? addresses.some((one) => sameAddress(one, host)) : names.some((one) => sameName(one, host));
  }
}

/** Node lets an asterisk match a part of the first label, but not directly below the top-level domain. */
function nodeName(pattern: string, host: string): boolean {
  const [[first = '', ...rest], [label = '', ...domain]] = [fold(pattern).split('.'), fold(host).split('.')];
  if (rest.join('.') !== domain.join('.')) return false;
  const [before = '', after, ...more] = first.split('*');
  if (after === undefined) return first === label;
  if (more.length > 0 || rest.length < 2 || first.includes('xn--')) return false;
  return label.length >= before.length + after.length && label.startsWith(before) && label.endsWith(after);
}

/** Eight groups without leading zeros, as `Inet6Address` prints them. */
function javaText(text: string): string {
  const address = parseAddress(text);
  if (address?.family !== 6) return text;
  return Array.from({ length: 8 }, (_, group) =>
    ((address.bits >> BigInt((7 - group) * 16)) & 0xffffn).toString(16),
  ).join(':');
}
