import { parseBool } from '../conf/value.ts';
import type { Field } from '../hba/token.ts';
import { eachLine, MAIN_FILE } from '../hba/tokenize.ts';
import type { SideFiles } from '../side-files.ts';

/** The first major that reads pg_hosts.conf. */
export const HOSTS_SINCE = 19;

/** The name of the file, which is next to `pg_hba.conf`. */
export const HOSTS_NAME = 'pg_hosts.conf';

/** The certificate for some host names. */
export interface HostsEntry {
  readonly line: number;
  /** The included file that contains it; absent for the main file. */
  readonly file?: string;
  /** As written. */
  readonly hostnames: readonly string[];
  readonly certificate: string;
  readonly key: string;
  /** The CA of client certificates; null: the server accepts none, because `ssl_ca_file` does not apply to an entry. */
  readonly ca: string | null;
}

/** Why the server rejects the file, in the words of its log. */
export interface HostsProblem {
  readonly line: number;
  readonly file?: string;
  readonly error: string;
}

/** A pg_hosts.conf as the server reads it. */
export interface Hosts {
  readonly lines: readonly { readonly number: number; readonly raw: string }[];
  readonly entries: readonly HostsEntry[];
  readonly problems: readonly HostsProblem[];
}

/** Clients that send no name, and those whose name is in no other entry. */
const NO_SNI = '/no_sni/';
const DEFAULT = '*';

/** The fields between the host names and the last one, as the messages of the server call them. */
const FIELDS = ['SSL certificate', 'SSL key', 'SSL CA', 'SSL passphrase command'];

/** Reads pg_hosts.conf (`parse_hosts_line` in `be-secure-common.c`); never throws. It has the syntax of pg_hba.conf. */
export function parseHosts(text: string, { files = {} }: { readonly files?: SideFiles } = {}): Hosts {
  const entries: HostsEntry[] = [];
  const problems: HostsProblem[] = [];
  eachLine(text, { major: HOSTS_SINCE, files }, ({ file, number: line, fields, error }) => {
    const place = { line, ...(file === MAIN_FILE ? {} : { file }) };
    const entry = error === null ? entryOf(fields) : error;
    if (typeof entry === 'string') problems.push({ ...place, error: entry });
    else entries.push({ ...place, ...entry });
  });
  // The server looks for repeated names in a file whose lines it can read, and stops at the first one.
  if (problems.length === 0) problems.push(...repeated(entries));
  return { lines: text.split(/(?<=\n)/).map((raw, at) => ({ number: at + 1, raw })), entries, problems };
}

/** The entry of a line, or why the server rejects it. */
function entryOf([names = [], ...fields]: readonly Field[]): Omit<HostsEntry, 'line' | 'file'> | string {
  const hostnames = names.map(({ text }) => text);
  if (hostnames.length > 1 && hostnames.some((name) => name === DEFAULT || name === NO_SNI))
    return 'default and non-SNI entries cannot be mixed with other entries';
  for (const [at, what] of FIELDS.entries()) {
    const field = fields[at];
    if (!field) {
      if (at < 2) return 'missing entry at end of line';
      break;
    }
    if (field.length > 1) return `multiple values specified for ${what}`;
  }
  const [reload, ...extra] = fields.slice(FIELDS.length);
  if (reload && (reload.length > 1 || parseBool(reload[0]?.text ?? '') === undefined))
    return 'incorrect syntax for boolean value SSL_passphrase_cmd_reload';
  if (extra.length > 0) return 'extra fields at end of line';
  const [certificate = '', key = '', ca = ''] = fields.map((field) => field[0]?.text ?? '');
  return { hostnames, certificate, key, ca: ca === '' ? null : ca };
}

function repeated(entries: readonly HostsEntry[]): readonly HostsProblem[] {
  const known = new Set<string>();
  for (const { hostnames, line, file } of entries)
    for (const name of hostnames) {
      if (!known.has(name.toLowerCase())) {
        known.add(name.toLowerCase());
        continue;
      }
      const error =
        name === DEFAULT
          ? 'multiple default hosts specified'
          : name === NO_SNI
            ? 'multiple no_sni hosts specified'
            : `multiple entries for host "${name}" specified`;
      return [{ line, ...(file === undefined ? {} : { file }), error }];
    }
  return [];
}

/**
 * The entry whose certificate a client gets that sends this name in the TLS handshake; null: it sends none, as for an IP
 * address. `rejected` during the handshake; `ssl_cert_file`: the file has no entries, so the setting counts.
 */
export function hostsEntryFor(
  { entries }: Pick<Hosts, 'entries'>,
  name: string | null,
): HostsEntry | 'rejected' | 'ssl_cert_file' {
  if (entries.length === 0) return 'ssl_cert_file';
  const named = (wanted: string) =>
    entries.find(({ hostnames }) => hostnames.some((one) => one.toLowerCase() === wanted.toLowerCase()));
  const own = name === null ? named(NO_SNI) : isKeyword(name) ? undefined : named(name);
  return own ?? named(DEFAULT) ?? 'rejected';
}

const isKeyword = (name: string): boolean => name === DEFAULT || name === NO_SNI;

/** The host names of an entry that are names, not keywords. */
export const namesOf = ({ hostnames }: HostsEntry): readonly string[] => hostnames.filter((name) => !isKeyword(name));
