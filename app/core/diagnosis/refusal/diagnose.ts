import { lifetimeOf } from '../../postgres/conf/catalogue.ts';
import { parseConf } from '../../postgres/conf/conf.ts';
import { permittedValidators } from '../../postgres/conf/facts.ts';
import { parseHba } from '../../postgres/hba/hba.ts';
import { USUAL_MAJOR } from '../../postgres/release.ts';
import type { SideFiles } from '../../postgres/side-files.ts';
import { readRecords, type ToEnglish } from '../../server-log/read.ts';
import type { LogRecord, Writer } from '../../server-log/record.ts';
import { type AgainstFile, againstFile } from './against-file.ts';
import { type Attempt, attemptsIn, usersOf } from './attempts.ts';
import { type Cause, REFUSAL_LAYERS } from './cause.ts';
import { certificateUntrusted } from './causes/certificate-untrusted.ts';
import { clientCertificateRefused } from './causes/client-certificate-refused.ts';
import { clientKeyRefused } from './causes/client-key-refused.ts';
import { clientParameterRefused } from './causes/client-parameter-refused.ts';
import { closedEarly } from './causes/closed-early.ts';
import { linkLocalAddress } from './causes/link-local-address.ts';
import { listensOnLoopback } from './causes/listens-on-loopback.ts';
import { localhostIsIpv6 } from './causes/localhost-is-ipv6.ts';
import { matchedRecord } from './causes/matched-record.ts';
import { noEntry } from './causes/no-entry.ts';
import { noEntryIpv6 } from './causes/no-entry-ipv6.ts';
import { noEntryWithoutTls } from './causes/no-entry-without-tls.ts';
import { noIpv6Route } from './causes/no-ipv6-route.ts';
import { noRoute } from './causes/no-route.ts';
import { passwordRefused } from './causes/password-refused.ts';
import { poolerLoginFailed } from './causes/pooler-login-failed.ts';
import { poolerPasswordRefused } from './causes/pooler-password-refused.ts';
import { poolerServerUnreachable } from './causes/pooler-server-unreachable.ts';
import { rejectedByRecord } from './causes/rejected-by-record.ts';
import { rejectedWithoutTls } from './causes/rejected-without-tls.ts';
import { serverUnreachable } from './causes/server-unreachable.ts';
import { tlsSettingRefused } from './causes/tls-setting-refused.ts';
import { wordingUnknown } from './causes/wording-unknown.ts';
import { wrongPassword } from './causes/wrong-password.ts';
import { causes } from './causes.ts';
import type { Command } from './command.ts';
import { FOLLOWS, OF_THE_SERVER } from './consequences.ts';
import { evidence } from './evidence.ts';
import { factsOf } from './facts.ts';
import { narrowed, type Told, toldOf } from './narrow.ts';
import { type Refusal, refusalsIn } from './refusal.ts';
import { surroundingsIn } from './surroundings.ts';
import { matchesWording, piecesOf } from './wording.ts';

/** How much of the end of a text is read. The rest is cut, which `Diagnosis.cut` reports. */
export const DIAGNOSIS_LIMITS = { text: 64 * 1024, lines: 2000, line: 4000 } as const;

/** A cause that a text indicates, and the lines that indicate it. */
export interface Diagnosed extends Omit<Told, 'commands'> {
  readonly lines: readonly string[];
  /** Which end wrote these lines. */
  readonly writtenBy: Writer;
  /** What to paste to fix and to check it, with what the text names. */
  readonly commands: readonly Command[];
}

/** Something else that a text says, and why it is not the cause. */
export interface AlsoFound extends Diagnosed {
  /**
   * `follows`: it is what another cause of this text leads to. `evidence`: it says something about the attempt and
   * rejects nobody. `earlier`: another address or encryption was tried as well and got less far, or the server has
   * started since. `unrelated`: it is about another user or connection.
   */
  readonly because: 'follows' | 'evidence' | 'earlier' | 'unrelated';
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
  /** One verdict for each attempt, certain ones before ambiguous ones; empty if nothing is recognized. */
  readonly causes: readonly Diagnosed[];
  /** What else the text says. */
  readonly also: readonly AlsoFound[];
  /** The managed service that the server belongs to, where the text shows it. */
  readonly service?: string;
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
  /** Reads messages in other languages as the English ones: what `loadToEnglish` returns. */
  readonly toEnglish?: ToEnglish;
}

/** Maximum number of rejections; more in one text repeat the same kinds. */
const MOST_REFUSALS = 8;

const WAY_OUT =
  "This text isn't recognized. Paste the client's whole message, or the lines of the server log from the time of the attempt, including DETAIL lines. If the log has no line at that time, the connection didn't reach PostgreSQL: check the host name, network, firewall and listen_addresses.";

const known = causes.map((cause) => ({ cause, wordings: cause.wordings.map(piecesOf) }));

/**
 * The cause of a rejection, from what a client printed or a server logged. Never throws; reads a bounded part of the
 * text.
 */
export function diagnose(text: string, options: DiagnoseOptions = {}): Diagnosis {
  const { records, cut } = bounded(text, options.toEnglish);
  const lines = records.flatMap((record) => record.lines);
  const refusals = distinct(lines.flatMap(refusalsIn));
  const surroundings = surroundingsIn(lines.join('\n'));
  const attempts = attemptsIn(records).map((attempt) => readAttempt(attempt, refusals));
  const { verdicts, also } = judged(attempts);
  const major = options.major ?? (refusals.some(({ majors }) => majors === 'before 14') ? 13 : USUAL_MAJOR);
  const { hba } = options;
  const libraries =
    hba === undefined || options.conf === undefined
      ? {}
      : {
          oauthValidatorLibraries: permittedValidators(parseConf(options.conf, { major, files: options.files ?? {} })),
        };
  const against =
    hba === undefined
      ? []
      : refusals.flatMap((refusal) => againstFile(refusal, { ...options, ...libraries, hba, major }) ?? []);
  const files =
    hba === undefined ? undefined : { hba, major, ...(options.files ? { files: options.files } : {}), ...libraries };
  const told = verdicts.map(({ cause, found, users, attempt }): Diagnosed => {
    const ofAttempt = distinct(attempt.records.flatMap((record) => record.lines.flatMap(refusalsIn)));
    const isOfAttempt = new Set(ofAttempt.map((one) => JSON.stringify(one)));
    const { commands, ...own } = narrowed(toldOf(cause), {
      surroundings,
      refusals: ofAttempt,
      against: against.filter(({ refusal }) => isOfAttempt.has(JSON.stringify(refusal))),
      users,
      ...(files ? { files } : {}),
    });
    const pasted = commands?.(factsOf(attempt, ofAttempt, surroundings, major)) ?? [];
    return { ...own, ...shown(found), commands: surroundings.service ? pasted.filter(isForEveryone) : pasted };
  });
  const diagnosed = sameCauses(told).toSorted((a, b) => Math.sign(a.couldBe.length) - Math.sign(b.couldBe.length));
  return {
    causes: diagnosed,
    also: also.map(({ cause, found, because }) => ({ ...toldOf(cause), ...shown(found), because, commands: [] })),
    ...(surroundings.service ? { service: surroundings.service.name } : {}),
    ...(diagnosed.length === 0 ? { wayOut: WAY_OUT } : {}),
    refusals,
    hosts: hostsOf(refusals),
    matched: matchedRecords(lines, hba, major),
    // Nobody can add a rule where the service writes the file.
    against: surroundings.service ? against.map(({ remedy: _remedy, ...one }) => one) : against,
    cut,
  };
}

/** The users of a managed service have neither a shell on the server nor its files. */
const isForEveryone = ({ place }: Command): boolean =>
  place !== 'server-shell' && place !== 'pg_hba.conf' && place !== 'postgresql.conf';

/** More commands than these for one cause repeat themselves, for other clients. */
const MOST_COMMANDS = 6;

/** A cause that several attempts have is one, with the lines and commands of all. */
function sameCauses(told: readonly Diagnosed[]): Diagnosed[] {
  const byId = new Map<string, Diagnosed>();
  for (const one of told) {
    const same = byId.get(one.id);
    if (!same) {
      byId.set(one.id, one);
      continue;
    }
    const commands = [
      ...new Map([...same.commands, ...one.commands].map((command) => [command.text, command])).values(),
    ];
    byId.set(one.id, {
      ...same,
      lines: [...same.lines, ...one.lines].slice(0, 20),
      commands: commands.slice(0, MOST_COMMANDS),
    });
  }
  return [...byId.values()];
}

/** The addresses of one user who asked for one database; those of several users are several clients. */
function hostsOf(refusals: readonly Refusal[]): readonly string[] {
  const byClient = new Map<string, Set<string>>();
  for (const { user, database = '', host } of refusals) {
    const key = JSON.stringify([user, database]);
    byClient.set(key, (byClient.get(key) ?? new Set()).add(host));
  }
  return [...([...byClient.values()].toSorted((a, b) => b.size - a.size)[0] ?? [])];
}

/** The records of the part of a text that is read: its end, where the newest error is. */
function bounded(
  text: string,
  toEnglish: ToEnglish | undefined,
): { readonly records: readonly LogRecord[]; readonly cut: boolean } {
  const isLong = text.length > DIAGNOSIS_LIMITS.text;
  const end = text.slice(-DIAGNOSIS_LIMITS.text);
  const lines = (isLong ? end.slice(end.indexOf('\n') + 1) : end).split('\n');
  const read = readRecords(lines.slice(-DIAGNOSIS_LIMITS.lines).join('\n'), toEnglish);
  return {
    records: read.map((record) => ({
      ...record,
      lines: record.lines.map((line) => line.slice(0, DIAGNOSIS_LIMITS.line)),
    })),
    cut: isLong || lines.length > DIAGNOSIS_LIMITS.lines,
  };
}

/** The lines of one cause in one attempt. */
interface Found {
  readonly lines: string[];
  readonly writtenBy: Writer;
}

/** An attempt with the causes that its lines name. */
interface Read {
  readonly attempt: Attempt;
  readonly users: readonly string[];
  readonly found: ReadonlyMap<Cause, Found>;
}

interface Verdict {
  readonly cause: Cause;
  readonly found: Found;
  readonly users: readonly string[];
  readonly attempt: Attempt;
}

const shown = ({ lines, writtenBy }: Found): Pick<Diagnosed, 'lines' | 'writtenBy'> => ({
  lines: lines.slice(0, 20),
  writtenBy,
});

function readAttempt(attempt: Attempt, refusals: readonly Refusal[]): Read {
  const found = new Map<Cause, Found>();
  for (const record of attempt.records) {
    if (isStatement(record)) continue;
    let before: Found | undefined;
    for (const line of record.lines) {
      // It says where the error is, which is no further error.
      if (before && line.startsWith('CONTEXT:')) {
        before.lines.push(line);
        continue;
      }
      const cause = causeOf(line, refusals, record.writer);
      if (!cause || (ofStatements.has(cause.id) && record.severity === 'ERROR')) continue;
      const own = found.get(cause) ?? { lines: [], writtenBy: record.writer };
      own.lines.push(line);
      found.set(cause, own);
      before = own;
    }
  }
  // Every other reason has a DETAIL of its own (auth.c, crypt.c), so that the record alone means the password.
  const refused = found.get(passwordRefused);
  if (refused && found.has(matchedRecord) && found.size === 2) {
    found.delete(passwordRefused);
    found.set(wrongPassword, refused);
  }
  listening(attempt, found);
  if (found.size === 0) byCode(attempt, found);
  return { attempt, users: [...usersOf(attempt)], found };
}

/** What a statement of a session reported, unless the statement itself connects to a server (dblink, postgres_fdw). */
const isStatement = ({ severity, statement, lines }: LogRecord): boolean =>
  severity === 'ERROR' &&
  statement !== undefined &&
  !lines.some((line) => /could not (?:connect|establish)/.test(line));

/** Causes that a statement can report with ERROR, where a connection attempt reports FATAL. */
const ofStatements: ReadonlySet<string> = new Set(['role-missing', 'database-missing', 'database-not-granted']);

/** What codes and names of functions prove, where no wording is known. */
function byCode(attempt: Attempt, found: Map<Cause, Found>): void {
  for (const { lines, writer } of attempt.records) {
    const { causes: left = [] } = evidence(lines.join('\n')) ?? {};
    const known = causes.filter(({ id }) => left.includes(id));
    const [only] = known;
    const cause = known.length === 1 ? only : known.length > 1 ? wordingUnknown(known) : undefined;
    if (cause) found.set(cause, { lines: [...lines], writtenBy: writer });
  }
}

const LISTENING = /listening on (IPv4|IPv6) address "([^"]+)"/;

/** The lines `listening on`, if every address in them is a loopback address. */
function listening(attempt: Attempt, found: Map<Cause, Found>): void {
  const lines = attempt.records.flatMap((record) => record.lines.filter((line) => LISTENING.test(line)));
  const writtenBy = attempt.records[0]?.writer ?? 'server';
  if (lines.length > 0 && lines.every((line) => /^(?:127\.|::1$)/.test(LISTENING.exec(line)?.[2] ?? '')))
    found.set(listensOnLoopback, { lines, writtenBy });
}

/** Says something about an attempt and rejects nobody. */
const ONLY_EVIDENCE: ReadonlySet<string> = new Set([
  'client-left',
  'docker-published-port',
  'gss-tried-first',
  'matched-record',
]);

/** Causes that are gone when the server has started. */
const UNTIL_STARTED: ReadonlySet<string> = new Set(['server-starting', 'session-terminated']);

/** The verdict of each attempt, and the rest of what was found. */
function judged(attempts: readonly Read[]): {
  readonly verdicts: readonly Verdict[];
  readonly also: readonly (Verdict & Pick<AlsoFound, 'because'>)[];
} {
  const all = attempts.flatMap(({ attempt, users, found }) =>
    [...found].map(([cause, own]): Verdict => ({ cause, found: own, users, attempt })),
  );
  const ids = new Set(all.map(({ cause }) => cause.id));
  const started = new Set(
    attempts.flatMap(({ attempt }) => attempt.records.filter(isReady).map(({ source }) => source)),
  );
  const specific = [...ids].some((id) => id !== serverUnreachable.id && !ONLY_EVIDENCE.has(id));
  const follows = new Set([
    ...all.flatMap(({ cause }) => FOLLOWS[cause.id] ?? []),
    // It says only that the connection failed, which every other line says as well.
    ...(specific ? [serverUnreachable.id] : []),
  ]);
  const becauseOf = ({ cause, found, attempt, users }: (typeof all)[number]): AlsoFound['because'] | undefined => {
    if (ONLY_EVIDENCE.has(cause.id)) return [...ids].every((id) => ONLY_EVIDENCE.has(id)) ? undefined : 'evidence';
    if (follows.has(cause.id) || isAsked(found.lines)) return ids.size > 1 ? 'follows' : undefined;
    if (cause.couldBe.some((one) => one.cause !== undefined && one.cause !== 'matched-record' && ids.has(one.cause)))
      return 'follows';
    if (
      isProbe({ cause, attempt, users }) &&
      all.some((other) => other.attempt !== attempt && isAnother(other, follows))
    )
      return 'unrelated';
    if (UNTIL_STARTED.has(cause.id) && started.has(attempt.records[0]?.source) && ids.size > 1) return 'earlier';
    const others = all.filter((other) => other.attempt === attempt && other.cause !== cause);
    if (!OF_THE_SERVER.has(cause.id) && others.some((other) => getsFurther(other, cause, follows))) return 'earlier';
    const fromClient = attempts.find((other) => other.attempt.by === 'client' && other.found.size > 0);
    if (!fromClient || attempt.by === 'client' || OF_THE_SERVER.has(cause.id)) return undefined;
    const isOther =
      users.length > 0 && fromClient.users.length > 0 && !users.some((user) => fromClient.users.includes(user));
    return isOther ? 'unrelated' : undefined;
  };
  const judgedAll = all.map((one) => ({ ...one, because: becauseOf(one) }));
  // Something was recognized, so there is a verdict: what seems to be about another user comes first.
  const none = judgedAll.every(({ because }) => because !== undefined);
  const instead = none && (judgedAll.find(({ because }) => because === 'unrelated') ?? judgedAll[0]);
  const sorted = judgedAll.map((one) => (one === instead ? { ...one, because: undefined } : one));
  return {
    verdicts: sorted.filter(({ because }) => because === undefined),
    also: joined(sorted.flatMap(({ because, ...one }) => (because === undefined ? [] : [{ ...one, because }]))),
  };
}

/** What several attempts say alike is listed once, with the lines of all. */
function joined<T extends Verdict & Pick<AlsoFound, 'because'>>(all: readonly T[]): readonly T[] {
  const byKind = new Map<string, T>();
  for (const one of all) {
    const key = `${one.cause.id} ${one.because}`;
    const same = byKind.get(key);
    byKind.set(
      key,
      same ? { ...same, found: { ...same.found, lines: [...same.found.lines, ...one.found.lines] } } : one,
    );
  }
  return [...byKind.values()];
}

/**
 * A health check that names no role (`pg_isready`, `psql` in a container) connects as root, and the log of a healthy
 * server says so at each check.
 */
function isProbe({ cause, attempt, users }: Pick<Verdict, 'cause' | 'attempt' | 'users'>): boolean {
  return (
    attempt.by === 'server' &&
    (cause.id === 'role-missing' || cause.id === 'role-unknown-to-password') &&
    users.length > 0 &&
    users.every((user) => user === 'root')
  );
}

const isAnother = (verdict: Verdict, follows: ReadonlySet<string>): boolean =>
  !verdict.users.includes('root') && !ONLY_EVIDENCE.has(verdict.cause.id) && !follows.has(verdict.cause.id);

const isReady = ({ message }: LogRecord): boolean => message.includes('ready to accept connections');

/** libpq asks this after every error of the network, whatever it was. */
const ASKED = /^\s*(?:is the server running|(?:and )?accepting\s*$|tcp\/ip connections on port)/i;
const isAsked = (lines: readonly string[]): boolean => lines.every((line) => ASKED.test(line));

/** Of the tries of one attempt (several addresses, TLS and then none), the one that got further is the one to fix. */
function getsFurther(other: Verdict, cause: Cause, follows: ReadonlySet<string>): boolean {
  if (ONLY_EVIDENCE.has(other.cause.id) || follows.has(other.cause.id) || isAsked(other.found.lines)) return false;
  return REFUSAL_LAYERS.indexOf(other.cause.layer) > REFUSAL_LAYERS.indexOf(cause.layer);
}

/** TLS errors of a server's log: an alert was sent by the client, everything else was found by the server. */
const AT_SERVER = /could not accept ssl connection: (.*)/;
/** libpq's own error about a key: the server logs the same words with a severity. */
const KEY_AT_CLIENT = /^(?:psql|pg_\w+|connection to server\b).*could not load private key file/;
/** The server's own error about its key: nothing stands between the severity and the message. */
const KEY_AT_SERVER = /\bfatal: {1,2}private key file "[^"]*" has group or world access/;

/** Erlang names the end that sent an alert: itself, about the server's certificate, or the server, about the client's. */
const ERLANG_ALERT =
  /(generated client|received server) alert: fatal - (?:unknown ca|bad certificate|certificate unknown|unsupported certificate)/;

/** PgBouncer's own error about a client (`C-`) names no user; one that it passes on from PostgreSQL does. */
const REJECTED_BY_POOLER = /\bc-0x[0-9a-f]+: .*password authentication failed(?! for user)/;

/** What PostgreSQL answered to a pooler. */
const ANSWER_TO_POOLER = /server login (?:failed|has been failing, cached error): (?:(?:fatal|error):? +)?(.*)/i;

/** Causes of a client that reached no server: in the log of a pooler or proxy, the pooler is that client. */
const NOT_REACHED: ReadonlySet<string> = new Set([
  'connection-refused',
  'name-not-found',
  'no-ipv6-route',
  'no-route',
  'timed-out',
]);

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

/** An IPv6 address that a client tried, which has at least two colons. */
const IPV6_TRIED = /(?:[0-9a-f]{0,4}:){2,}[0-9a-f]{0,4}/i;

/** HAProxy's log of TCP connections: no time to connect, and the server's side ended while connecting (8.5 of its manual). */
const PROXY_GOT_NO_SERVER = /\s-?\d+\/-1\/\d+ \d+ s[cq]\S? /;

/** The cause of a line whose meaning depends on which end wrote it. */
function causeByEnd(lower: string): Cause | undefined {
  if (PROXY_GOT_NO_SERVER.test(lower)) return poolerServerUnreachable;
  if (REJECTED_BY_POOLER.test(lower)) return poolerPasswordRefused;
  const by = ERLANG_ALERT.exec(lower)?.[1];
  if (by !== undefined) return by === 'generated client' ? certificateUntrusted : clientCertificateRefused;
  if (lower.includes('ssl syscall error: eof detected')) return closedEarly;
  if (KEY_AT_SERVER.test(lower)) return tlsSettingRefused;
  const found = AT_SERVER.exec(lower)?.[1] ?? '';
  if (/alert (?:unknown ca|certificate unknown|bad certificate)/.test(found)) return certificateUntrusted;
  if (/certificate verify failed/.test(found)) return clientCertificateRefused;
  return KEY_AT_CLIENT.test(lower) ? clientKeyRefused : undefined;
}

/**
 * The first cause with a wording that the line contains. A missing record is distinguished by what the message names.
 */
function causeOf(line: string, refusals: readonly Refusal[], writer: Writer): Cause | undefined {
  const cause = causeOfWords(line, refusals);
  return cause && (writer === 'pooler' || writer === 'proxy') && NOT_REACHED.has(cause.id)
    ? poolerServerUnreachable
    : cause;
}

function causeOfWords(line: string, refusals: readonly Refusal[]): Cause | undefined {
  const answer = ANSWER_TO_POOLER.exec(line)?.[1];
  if (answer !== undefined) {
    const cause = causeOfWords(answer, refusals);
    return cause && cause.layer !== 'secret' && cause.layer !== 'method' ? cause : poolerLoginFailed;
  }
  const lower = line.toLowerCase();
  if (DATA_FILE.test(lower)) return undefined;
  const byEnd = causeByEnd(lower) ?? causeOfParameter(lower);
  if (byEnd) return byEnd;
  const cause = known.find(({ wordings }) => wordings.some((pieces) => matchesWording(lower, pieces)))?.cause;
  if (cause === noRoute && IPV6_TRIED.test(line)) return noIpv6Route;
  const [own] = refusalsIn(line);
  if (cause === rejectedByRecord) return own?.encryption === 'none' ? rejectedWithoutTls : rejectedByRecord;
  if (cause !== noEntry) return cause;
  const host = own?.host ?? /for host "([^"]+)"/.exec(line)?.[1];
  if (host !== undefined && /^fe[89ab][0-9a-f]:/i.test(host)) return linkLocalAddress;
  if (host === '::1') return localhostIsIpv6;
  if (own?.host.includes(':')) return noEntryIpv6;
  const alsoEncrypted = refusals.some((other) => other.encryption === 'tls' && other.user === own?.user);
  // Who hides names in a message often removes the quotes around them too.
  const encryption = own ? own.encryption : /\b(?:ssl off|no encryption)\b/.test(lower) ? 'none' : undefined;
  return encryption === 'none' && !alsoEncrypted ? noEntryWithoutTls : noEntry;
}

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
