import { byteLength } from '../bytes/bytes.ts';
import {
  addressText,
  contains,
  isLinkLocal,
  isMappedIPv4,
  network,
  type Prefix,
  parseAddress,
  prefixText,
  width,
} from '../net/prefix.ts';
import { storedName } from '../postgres/name.ts';
import { type Check, checkName, checkText, type Problem, problem, shown } from './text.ts';

/** A role or database name that PostgreSQL stores unchanged, so comparing two of them is what the server does. */
const postgresName: Check = (value) => {
  const refused = checkName(1000)(value);
  if (refused) return refused;
  if (storedName(value) === value) return undefined;
  return problem('name.postgresLength', { value: shown(value), length: byteLength(value) });
};

/** A role that may be created: `public`, `none` and `pg_*` are PostgreSQL's own (`user.c`, `check_rolespec_name`). */
export const checkRole: Check = (value) =>
  postgresName(value) ??
  (value === 'public' || value === 'none' || value.startsWith('pg_')
    ? problem('name.reservedRole', { value: shown(value) })
    : undefined);

export const checkDatabase: Check = (value) =>
  postgresName(value) ??
  (value === 'template0' || value === 'template1'
    ? problem('name.templateDatabase', { value: shown(value) })
    : undefined);

/** The name of a client, peer or site, as used in files and headings. */
export const checkLabel: Check = checkName(64);

/** A Unix user or group name, as `useradd` and `sshd_config` accept it without quoting. */
export const checkSystemName: Check = (value) =>
  /^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/.test(value)
    ? undefined
    : (checkName(200)(value) ?? problem('name.system', { value: shown(value) }));

/**
 * The name of a Debian cluster. `pg_createcluster` accepts letters, digits, `_`, `.` and `-`; the packaged unit reads a
 * `-` as a path separator (`%I` in `postgresql@.service`), so systemd doesn't start such a cluster.
 */
export const checkCluster: Check = (value) =>
  /^[A-Za-z0-9_][A-Za-z0-9_.]{0,62}$/.test(value)
    ? undefined
    : (checkName(200)(value) ?? problem('name.cluster', { value: shown(value) }));

const hostLabel = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/;

/** A DNS host name (RFC 1123 2.1), without a trailing dot; not all digits, which would be an address. */
export const checkHostName: Check = (value) => {
  const labels = value.split('.');
  if (/^[0-9.]+$/.test(value)) return problem('name.number', { value: shown(value) });
  return value.length <= 253 && labels.every((label) => hostLabel.test(label)) && !/^[0-9]+$/.test(labels.at(-1) ?? '')
    ? undefined
    : (checkText(1000)(value) ?? problem('name.host', { value: shown(value) }));
};

/**
 * A host name by which PostgreSQL chooses a certificate. It compares names as a whole (`be-secure-openssl.c`, `sni_clienthello_cb`), and
 * clients send no name for an address (RFC 6066, 3).
 */
export const checkSentName: Check = (value) => {
  if (value.includes('*')) return problem('hosts.wildcard', { value: shown(value) });
  if (parseAddress(value)) return problem('hosts.address', { value: shown(value) });
  return checkHostName(value);
};

/** One address that a network card can have. */
export const checkAddress: Check = (value) => {
  const refused = checkText(1000)(value);
  if (refused) return refused;
  if (value.includes('/')) return problem('address.notNetwork', { value: shown(value) }, value.split('/')[0]);
  const { text, zone } = withoutZone(value);
  const address = parseAddress(text);
  if (!address) return problem('address.syntax', { value: shown(value) });
  if (isMappedIPv4(address)) return mapped(value, address);
  // No server can listen on a link-local address without naming the interface.
  if (isLinkLocal(address)) return problem('address.linkLocal', { value: shown(value) });
  if (zone !== undefined) return problem('address.zone', { value: shown(value), zone: shown(zone) }, text);
  const reason = notAHost(address);
  return reason ? problem('address.notHost', { value: shown(value), reason: problem(reason).text }) : undefined;
};

/** An address, separated from its zone: `fe80::1%eth0` (RFC 4007, 11). */
function withoutZone(value: string): { readonly text: string; readonly zone: string | undefined } {
  const [text = '', ...zone] = value.split('%');
  return { text, zone: zone.length === 0 ? undefined : zone.join('%') };
}

const reservedNetworks = [
  ['address.any', '0.0.0.0', 8],
  ['address.loopback', '127.0.0.0', 8],
  ['address.multicast', '224.0.0.0', 4],
  ['address.multicast', '255.255.255.255', 32],
  ['address.any', '::', 128],
  ['address.loopback', '::1', 128],
  ['address.multicast', 'ff00::', 8],
] as const;

function notAHost(address: Prefix) {
  for (const [reason, text, length] of reservedNetworks) {
    const start = parseAddress(text);
    if (start && contains(network(start, length), address)) return reason;
  }
  return undefined;
}

export const checkHostOrAddress: Check = (value) =>
  value.includes(':') || /^[0-9.]+(%|$)/.test(value)
    ? checkAddress(value)
    : checkHostName(value) && (checkText(1000)(value) ?? problem('name.hostOrAddress', { value: shown(value) }));

const mapped = (value: string, prefix: Prefix): Problem => {
  const v4: Prefix = { family: 4, bits: prefix.bits & 0xffffffffn, length: Math.max(0, prefix.length - 96) };
  return problem(
    'source.mapped',
    { value: shown(value) },
    value.includes('/') ? prefixText(network({ ...v4, length: 32 }, v4.length)) : addressText(v4),
  );
};

/** A network in CIDR notation, or one address. Text that the programs involved would read differently is rejected. */
export const checkSource: Check = (value) => {
  const parsed = readSource(value);
  return 'prefix' in parsed ? undefined : parsed.problem;
};

/** Parses a source that `checkSource` accepts; undefined for any other text. */
export function parseSource(value: string): Prefix | undefined {
  const parsed = readSource(value);
  return 'prefix' in parsed ? parsed.prefix : undefined;
}

function readSource(value: string): { prefix: Prefix } | { problem: Problem } {
  const refused = checkText(1000)(value);
  if (refused) return { problem: refused };
  const [addressPart = '', lengthPart, ...rest] = value.split('/');
  if (rest.length > 0) return { problem: problem('source.syntax', { value: shown(value) }) };
  const { text, zone } = withoutZone(addressPart);
  const address = parseAddress(text);
  if (!address) return { problem: unreadable(value, addressPart, lengthPart) };
  const full = width(address.family);
  if (lengthPart !== undefined && !/^[0-9]+$/.test(lengthPart))
    return { problem: problem('source.lengthSyntax', { value: shown(value) }) };
  const length = lengthPart === undefined ? full : Number(lengthPart);
  if (length > full) {
    return {
      problem: problem('source.length', { length: lengthPart ?? '', family: `IPv${address.family}`, limit: full }),
    };
  }
  if (isMappedIPv4(address)) return { problem: mapped(value, { ...address, length }) };
  const prefix = network(address, length);
  if (zone !== undefined) {
    const fix = lengthPart === undefined ? addressText(prefix) : prefixText(prefix);
    return { problem: problem('source.zone', { value: shown(value), zone: shown(zone) }, fix) };
  }
  if (prefix.bits !== address.bits) {
    const values = { value: shown(value), length, host: addressText(address) };
    return { problem: problem(length === 0 ? 'source.zeroLength' : 'source.hostBits', values, prefixText(prefix)) };
  }
  return { prefix };
}

/**
 * Text that is not an address: reports how PostgreSQL's `getaddrinfo` would interpret it, if that differs from the
 * intended meaning.
 */
function unreadable(value: string, address: string, length: string | undefined): Problem {
  const tail = length === undefined ? '' : `/${length}`;
  const offer = (parts: readonly string[]) => {
    const bits = /^[0-9]+$/.test(length ?? '') ? Number(length) : parts.length * 8;
    const start = parseAddress([...parts, '0', '0', '0', '0'].slice(0, 4).join('.'));
    return start && bits <= 32 ? prefixText(network(start, bits)) : undefined;
  };
  if (/^[0-9]{1,3}(\.[0-9]{1,3})*\.$/.test(address)) {
    const fix = offer(address.slice(0, -1).split('.'));
    if (fix) return problem('source.dots', { value: shown(value) }, fix);
  }
  if (/^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(address)) {
    const parts = address.split('.');
    const octal = parts.map((part) => (/^0[0-7]+$/.test(part) ? Number.parseInt(part, 8) : Number(part)));
    const fix = parseAddress(parts.map(Number).join('.'));
    if (fix && parts.some((part) => /^0[0-9]/.test(part))) {
      return problem(
        'source.leadingZero',
        { value: shown(value), asRead: `${octal.join('.')}${tail}` },
        `${addressText(fix)}${tail}`,
      );
    }
  }
  if (/^[0-9]{1,3}(\.[0-9]{1,3}){0,2}$/.test(address)) {
    const parts = address.split('.');
    const fix = offer(parts);
    const head = parts.slice(0, -1);
    const asRead = [...head, ...Array(3 - head.length).fill('0'), parts.at(-1)].join('.');
    if (fix) return problem('source.missingParts', { value: shown(value), asRead: `${asRead}${tail}` }, fix);
  }
  return problem(/^[A-Za-z]/.test(address) && !checkHostName(address) ? 'source.hostName' : 'source.syntax', {
    value: shown(value),
  });
}

/** An absolute path, Unix or Windows, whose characters are valid in every generated file. The example is for the error. */
export const checkPath =
  (example: string): Check =>
  (value) => {
    const refused = checkText(500)(value);
    if (refused) return refused;
    const character = /['"`$%*?<>|\\]/.exec(
      value.replace(/^[A-Za-z]:\\/, '').replaceAll('\\', /^[A-Za-z]:\\/.test(value) ? '/' : '\\'),
    );
    if (character) return problem('path.character', { value: shown(value), character: character[0] });
    return /^(\/|[A-Za-z]:[\\/])./.test(value) && value === value.trim()
      ? undefined
      : problem('path.syntax', { value: shown(value), example });
  };

/** An OpenSSL cipher list (openssl-ciphers(1)). */
export const checkCiphers: Check = (value) =>
  /^[A-Za-z0-9:+!@=_.,-]{1,1000}$/.test(value) ? undefined : problem('ciphers.syntax', { value: shown(value) });

/** A Curve25519 public key in base64, as `wg pubkey` prints it. */
export const checkPublicKey: Check = (value) =>
  /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(value) ? undefined : problem('key.syntax', { value: shown(value) });

/** A calendar date, `YYYY-MM-DD`. */
export const checkDate: Check = (value) => {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(value);
  const [year, month, day] = (match?.slice(1) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined)
    return problem('date.syntax', { value: shown(value) });
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return year > 0 && day >= 1 && day <= days ? undefined : problem('date.syntax', { value: shown(value) });
};

export const checkRealm: Check = (value) =>
  /^[A-Za-z0-9][A-Za-z0-9.-]{0,250}$/.test(value) ? undefined : problem('realm.syntax', { value: shown(value) });

export const checkLdapAttribute: Check = (value) =>
  /^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(value) ? undefined : problem('ldap.attribute', { value: shown(value) });

/** A piece of an LDAP distinguished name; may be empty. */
export const checkLdapText: Check = checkText(500);

/**
 * A name to log in to a directory with. Active Directory also accepts user@domain and DOMAIN\\user, so it need not be a
 * DN.
 */
export const checkBindDn: Check = checkName(500);
