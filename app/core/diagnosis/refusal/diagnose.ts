import { lifetimeOf } from '../../postgres/conf/catalogue.ts';
import { parseHba } from '../../postgres/hba/hba.ts';
import { USUAL_MAJOR } from '../../postgres/release.ts';
import type { SideFiles } from '../../postgres/side-files.ts';
import { type AgainstFile, againstFile } from './against-file.ts';
import type { Cause } from './cause.ts';
import { certificateUntrusted } from './causes/certificate-untrusted.ts';
import { clientCertificateRefused } from './causes/client-certificate-refused.ts';
import { clientKeyRefused } from './causes/client-key-refused.ts';
import { clientParameterRefused } from './causes/client-parameter-refused.ts';
import { connectionRefused } from './causes/connection-refused.ts';
import { matchedRecord } from './causes/matched-record.ts';
import { noEntry } from './causes/no-entry.ts';
import { noEntryIpv6 } from './causes/no-entry-ipv6.ts';
import { noEntryWithoutTls } from './causes/no-entry-without-tls.ts';
import { passwordRefused } from './causes/password-refused.ts';
import { wrongPassword } from './causes/wrong-password.ts';
import { causes } from './causes.ts';
import { messageLines } from './lines.ts';
import { type Refusal, refusalsIn } from './refusal.ts';
import { matchesWording, piecesOf } from './wording.ts';

/** A cause that a text indicates, and the lines that indicate it. */
export interface Diagnosed extends Omit<Cause, 'wordings' | 'examples'> {
  readonly lines: readonly string[];
}

/** The record that matched, according to the log. */
export interface MatchedRecord {
  readonly line: number;
  /** Present since 16. */
  readonly file?: string;
  readonly record: string;
  /** Whether line N of the given file is this record; absent if no file is given, or the record is in another. */
  readonly agrees?: boolean;
}

/** What a text says about a rejection. */
export interface Diagnosis {
  /** The causes that the text indicates, certain ones before ambiguous ones; empty if nothing is recognized. */
  readonly causes: readonly Diagnosed[];
  /** What to do if nothing is recognized. */
  readonly wayOut?: string;
  /** The rejections by pg_hba.conf with their details, each once. */
  readonly refusals: readonly Refusal[];
  /** Several addresses for one attempt: something between the client and the server makes the connections. */
  readonly hosts: readonly string[];
  readonly matched: readonly MatchedRecord[];
  /** Each rejection compared with the file, if one is given. */
  readonly against: readonly AgainstFile[];
  /** The text exceeded the limit and was cut. */
  readonly cut: boolean;
}

export interface DiagnoseOptions {
  /** The server's major; default: inferred from the wording, else the newest. */
  readonly major?: number;
  /** pg_hba.conf of the server. */
  readonly hba?: string;
  /** Files that it includes. */
  readonly files?: SideFiles;
  /** postgresql.conf of the server. */
  readonly conf?: string;
  /** Every role that the user is a member of. */
  readonly roles?: readonly string[];
}

/** Maximum number of rejections; more in one text repeat the same kinds. */
const MOST_REFUSALS = 8;

const WAY_OUT =
  "This text isn't recognized. Paste the client's whole message, or the lines of the server log from the time of the attempt, including DETAIL lines. If the messages aren't in English, set lc_messages = 'C' and try again. If the log has no line at that time, the connection didn't reach PostgreSQL: check the host name, network, firewall and listen_addresses.";

const known = causes.map((cause) => ({ cause, wordings: cause.wordings.map(piecesOf) }));

/**
 * The cause of a rejection, from what a client printed or a server logged. Never throws; reads a bounded part of the
 * text.
 */
export function diagnose(text: string, options: DiagnoseOptions = {}): Diagnosis {
  const { lines, cut } = messageLines(text);
  const refusals = distinct(lines.flatMap(refusalsIn));
  const found = new Map<Cause, string[]>();
  for (const line of lines) {
    const cause = causeOf(line, refusals);
    if (cause) found.set(cause, [...(found.get(cause) ?? []), line]);
  }
  // Every other reason has a DETAIL of its own (auth.c, crypt.c), so that the record alone means the password.
  const refusedLines = found.get(passwordRefused);
  if (refusedLines && found.has(matchedRecord) && found.size === 2) {
    found.delete(passwordRefused);
    found.set(wrongPassword, refusedLines);
  }
  // libpq asks this after every error of the network, whatever it was.
  if (found.size > 1 && found.get(connectionRefused)?.every((line) => CONSEQUENCE.test(line))) {
    found.delete(connectionRefused);
  }
  const shown = [...found].filter(([cause]) => !cause.couldBe.some((one) => isFound(one.cause, found)));
  const diagnosed = shown
    .map(
      ([{ wordings: _wordings, examples: _examples, ...cause }, own]): Diagnosed => ({
        ...cause,
        lines: own.slice(0, 20),
      }),
    )
    .toSorted((a, b) => Math.sign(a.couldBe.length) - Math.sign(b.couldBe.length));
  const major = options.major ?? (refusals.some(({ majors }) => majors === 'before 14') ? 13 : USUAL_MAJOR);
  return {
    causes: diagnosed,
    ...(diagnosed.length === 0 ? { wayOut: WAY_OUT } : {}),
    refusals,
    hosts: [...new Set(refusals.map(({ host }) => host))],
    matched: matchedRecords(lines, options.hba, major),
    against:
      options.hba === undefined
        ? []
        : refusals.flatMap((refusal) => againstFile(refusal, { ...options, hba: options.hba ?? '', major }) ?? []),
    cut,
  };
}

const CONSEQUENCE = /^\s*(?:is the server running|(?:and )?accepting\s*$|tcp\/ip connections on port)/i;

/** TLS errors of a server's log: an alert was sent by the client, everything else was found by the server. */
const AT_SERVER = /could not accept ssl connection: (.*)/;
/** libpq's own error about a key: the server logs the same words with a severity. */
const KEY_AT_CLIENT = /^(?:psql|pg_\w+|connection to server\b).*could not load private key file/;

/** Files of the data directory, which are no files of the configuration. */
const DATA_FILE = /could not (?:open|read|stat) file "(?:\.\/)?(?:base|global|pg_\w+)\//;

/**
 * A parameter that no version knows comes from the client: drivers send what they don't know in a connection URL. The
 * server names the file of its own.
 */
function causeOfParameter(lower: string): Cause | undefined {
  const [, name, file] = /unrecognized configuration parameter "([^"]+)"( in file )?/.exec(lower) ?? [];
  return name !== undefined && file === undefined && lifetimeOf(name) === undefined
    ? clientParameterRefused
    : undefined;
}

/** The cause of a line whose meaning depends on which end wrote it. */
function causeByEnd(lower: string): Cause | undefined {
  const found = AT_SERVER.exec(lower)?.[1] ?? '';
  if (/alert (?:unknown ca|certificate unknown|bad certificate)/.test(found)) return certificateUntrusted;
  if (/certificate verify failed/.test(found)) return clientCertificateRefused;
  return KEY_AT_CLIENT.test(lower) ? clientKeyRefused : undefined;
}

/**
 * The first cause with a wording that the line contains. A missing record is distinguished by what the message names.
 */
function causeOf(line: string, refusals: readonly Refusal[]): Cause | undefined {
  const lower = line.toLowerCase();
  if (DATA_FILE.test(lower)) return undefined;
  const byEnd = causeByEnd(lower) ?? causeOfParameter(lower);
  if (byEnd) return byEnd;
  const cause = known.find(({ wordings }) => wordings.some((pieces) => matchesWording(lower, pieces)))?.cause;
  if (cause !== noEntry) return cause;
  const [own] = refusalsIn(line);
  if (own?.host.includes(':')) return noEntryIpv6;
  const alsoEncrypted = refusals.some((other) => other.encryption === 'tls' && other.user === own?.user);
  return own?.encryption === 'none' && !alsoEncrypted ? noEntryWithoutTls : noEntry;
}

const isFound = (id: string | undefined, found: ReadonlyMap<Cause, unknown>): boolean =>
  id !== undefined && id !== 'matched-record' && [...found.keys()].some((cause) => cause.id === id);

const distinct = (refusals: readonly Refusal[]): Refusal[] =>
  [...new Map(refusals.map((refusal) => [JSON.stringify(refusal), refusal])).values()].slice(0, MOST_REFUSALS);

/** `Connection matched file "F" line N: "raw"` (16 and later), `Connection matched pg_hba.conf line N: "raw"` (before). */
function matchedRecords(lines: readonly string[], hba: string | undefined, major: number): MatchedRecord[] {
  const found = new Map<string, MatchedRecord>();
  for (const line of lines) {
    const start = line.indexOf('Connection matched ');
    if (start < 0) continue;
    const rest = line.slice(start);
    const [, file, number, record] =
      /^Connection matched (?:file "([^"]{1,1000})"|pg_hba\.conf) line ([0-9]{1,9}): "(.*)"/.exec(rest) ?? [];
    if (number === undefined || record === undefined) continue;
    const one = { line: Number(number), ...(file === undefined ? {} : { file }), record };
    found.set(JSON.stringify(one), one);
  }
  const all = [...found.values()].slice(0, MOST_REFUSALS);
  if (hba === undefined || all.length === 0) return all;
  const raw = new Map(parseHba(hba, { major }).lines.map((line) => [line.number, line.raw.trim()]));
  return all.map((one) =>
    one.file !== undefined && !/hba[^/\\]*\.conf$/.test(one.file)
      ? one
      : { ...one, agrees: raw.get(one.line) === one.record.trim() },
  );
}
