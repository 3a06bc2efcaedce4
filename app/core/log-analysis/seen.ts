import { refusalsIn } from '../diagnosis/refusal/refusal.ts';
import { RecordReader, type ToEnglish } from '../server-log/read.ts';
import type { LogRecord } from '../server-log/record.ts';

/** A rule that the log names for a connection. */
export interface LoggedRule {
  readonly line: number;
  /** Absent before 16, whose log names no file. */
  readonly file?: string;
}

/** Connections that are alike in everything the rules look at. */
export interface SeenConnection {
  readonly user: string;
  /** Empty for physical replication. */
  readonly database: string;
  readonly replication: boolean;
  /** A numeric address, `[local]`, or, with log_hostname, a name; absent if the log doesn't name it. */
  readonly host?: string;
  readonly encryption: 'none' | 'tls' | 'gss';
  /** Since 14. */
  readonly method?: string;
  /** Since 14. */
  readonly rule?: LoggedRule;
  readonly count: number;
  /** As the log writes it. */
  readonly first?: string;
  readonly last?: string;
}

/** Failed attempts from one source. */
export interface FailedSource {
  /** `?` if the log doesn't name it. */
  readonly host: string;
  readonly count: number;
  /** The most in one minute. */
  readonly peak: number;
  readonly users: readonly string[];
  /** There are more users than listed. */
  readonly moreUsers: boolean;
  /** Reason, as PostgreSQL words it without the names, and how often. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly first?: string;
  readonly last?: string;
}

/** What a server log says about connections. */
export interface SeenInLog {
  readonly records: number;
  /** From the first to the last record with a time. */
  readonly period?: { readonly from: string; readonly to: string };
  readonly connections: readonly SeenConnection[];
  /** Successful connections and failed attempts, those beyond the limit included. */
  readonly total: { readonly connections: number; readonly failures: number };
  /** Sources of failed attempts, the most frequent first. */
  readonly failures: readonly FailedSource[];
  /** Rules that failed attempts matched, by `line` or `file:line`, with how often. */
  readonly failedRules: Readonly<Record<string, number>>;
  /** What the log contains, to know what it can't tell. */
  readonly has: {
    readonly received: boolean;
    readonly authenticated: boolean;
    readonly authorized: boolean;
    readonly process: boolean;
    readonly time: boolean;
    readonly hostNames: boolean;
  };
  /** More connections or sources than are kept; the counts of those kept are exact. */
  readonly truncated: boolean;
}

/** Maximum number of different connections and of failing sources. */
const MOST_KEPT = 20_000;
const MOST_USERS = 20;
/** Maximum number of processes whose connection is still being put together. */
const MOST_OPEN = 50_000;

const RECEIVED = /^connection received: host=(\S+)/;
const AUTHENTICATED = /^connection authenticated: (?:identity|user)="(?:.*)" method=([\w-]+)(?: \((.*):(\d{1,9})\))?/;
const AUTHORIZED = /^(replication )?connection authorized: user=(.*)$/;
/**
 * What follows the user in the order of postinit.c: ` database=`, ` application_name=`, ` SSL enabled (protocol=`,
 * ` GSS (`. The words before `=` may be in another language.
 */
const AFTER_USER = /^(.*?)(?: [^\s=]+=(.*?))?(?: SSL .*| GSS .*| [^\s=]+=.*)?$/;
/** The same in English, where names may contain blanks. */
const ENGLISH = /^(.*?) database=(.*?)(?: application_name=.*| SSL enabled .*| GSS .*)?$/;
const TLS = / SSL .*[=](?:TLS|SSL)v/;
const MATCHED = /Connection matched (?:file "([^"]{1,1000})"|pg_hba\.conf) line (\d{1,9}): /;
const FAILED: readonly (readonly [RegExp, string])[] = [
  [/^no pg_hba\.conf entry for/, 'no pg_hba.conf entry'],
  [/^pg_hba\.conf rejects/, 'pg_hba.conf rejects'],
  [/^([\w-]+(?: bearer)?) authentication failed for user "(.*)"/i, '$1 authentication failed'],
  [/^role "(.*)" does not exist/, 'role does not exist'],
  [/^role "(.*)" is not permitted to log in/, 'role is not permitted to log in'],
  [/^database "(?:.*)" does not exist/, 'database does not exist'],
  [/^permission denied for database/, 'permission denied for database'],
  [/^(?:sorry, too many clients already|remaining connection slots are reserved)/, 'too many connections'],
  [/^too many connections for/, 'too many connections'],
  [/^connection requires a valid client certificate/, 'no valid client certificate'],
  [/^unsupported frontend protocol/, 'not PostgreSQL'],
];

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Pending {
  host?: string;
  method?: string;
  rule?: LoggedRule;
}

interface Source {
  count: number;
  peak: number;
  minute: string;
  inMinute: number;
  users: Set<string>;
  moreUsers: boolean;
  reasons: Map<string, number>;
  first?: string;
  last?: string;
}

/** Reads a server log piece by piece and keeps what it says about connections. */
export class LogObserver {
  readonly #reader: RecordReader;
  readonly #pending = new Map<string, Pending>();
  readonly #connections = new Map<string, Mutable<SeenConnection>>();
  readonly #sources = new Map<string, Source>();
  readonly #failedRules = new Map<string, number>();
  readonly #has = {
    received: false,
    authenticated: false,
    authorized: false,
    process: false,
    time: false,
    hostNames: false,
  };
  #records = 0;
  #from: string | undefined;
  #to: string | undefined;
  #truncated = false;
  #connected = 0;
  #failures = 0;

  /** With `toEnglish`, a log in another language is read as well (`loadToEnglish`). */
  constructor(toEnglish?: ToEnglish) {
    this.#reader = new RecordReader(toEnglish);
  }

  push(piece: string): void {
    for (const record of this.#reader.push(piece)) this.#observe(record);
  }

  /** What was seen until now. */
  seen(): SeenInLog {
    return {
      records: this.#records,
      ...(this.#from !== undefined && this.#to !== undefined ? { period: { from: this.#from, to: this.#to } } : {}),
      connections: [...this.#connections.values()].toSorted((a, b) => b.count - a.count),
      failures: [...this.#sources].map(failureOf).toSorted((a, b) => b.count - a.count),
      total: { connections: this.#connected, failures: this.#failures },
      failedRules: Object.fromEntries(this.#failedRules),
      has: { ...this.#has },
      truncated: this.#truncated,
    };
  }

  /** Ends the text; nothing may be pushed afterwards. */
  end(): SeenInLog {
    for (const record of this.#reader.end()) this.#observe(record);
    return this.seen();
  }

  #observe(record: LogRecord): void {
    this.#records++;
    const { time, process, message, severity } = record;
    if (time !== undefined) {
      this.#has.time = true;
      this.#from ??= time;
      this.#to = time;
    }
    if (process !== undefined) this.#has.process = true;
    if (severity === 'FATAL') this.#failed(record);
    else if (severity === 'LOG' && (message.startsWith('connection ') || message.startsWith('replication connection ')))
      this.#logged(record);
  }

  #logged(record: LogRecord): void {
    const { message } = record;
    const key = keyOf(record);
    const host = RECEIVED.exec(message)?.[1];
    if (host !== undefined) {
      this.#has.received = true;
      if (!isNumeric(host)) this.#has.hostNames = true;
      this.#pending.delete(key);
      this.#await(key).host = host;
      return;
    }
    const authenticated = AUTHENTICATED.exec(message);
    if (authenticated) {
      this.#has.authenticated = true;
      const [, method = '', file, line] = authenticated;
      const pending = this.#await(key);
      pending.method = method;
      if (line !== undefined) pending.rule = { line: Number(line), ...(file === undefined ? {} : { file }) };
      return;
    }
    const authorized = AUTHORIZED.exec(message);
    if (!authorized) return;
    this.#has.authorized = true;
    this.#connected++;
    const [, replication, rest = ''] = authorized;
    const [, user = '', database = ''] = ENGLISH.exec(rest) ?? AFTER_USER.exec(rest) ?? [];
    // Names are logged as they are, so that a name with these words in it can't be told from two.
    const isAmbiguous = rest.split(' database=').length > 2 || /[=]/.test(user);
    const pending = this.#pending.get(key) ?? {};
    this.#pending.delete(key);
    const ownHost = pending.host ?? record.host;
    this.#count(record.time, {
      user,
      database: replication === undefined ? database : '',
      replication: replication !== undefined,
      ...(ownHost === undefined || isAmbiguous ? {} : { host: ownHost }),
      encryption: TLS.test(rest) ? 'tls' : / GSS \(.*encrypted=yes/.test(rest) ? 'gss' : 'none',
      ...(pending.method === undefined ? {} : { method: pending.method }),
      ...(pending.rule === undefined ? {} : { rule: pending.rule }),
    });
  }

  #await(key: string): Pending {
    const known = this.#pending.get(key);
    if (known) return known;
    // A process that never gets further (a port scan) is forgotten first.
    if (this.#pending.size >= MOST_OPEN) this.#pending.delete(this.#pending.keys().next().value ?? '');
    const pending: Pending = {};
    this.#pending.set(key, pending);
    return pending;
  }

  #count(time: string | undefined, seen: Omit<SeenConnection, 'count' | 'first' | 'last'>): void {
    const key = JSON.stringify(seen);
    let known = this.#connections.get(key);
    if (!known) {
      if (this.#connections.size >= MOST_KEPT) {
        this.#truncated = true;
        return;
      }
      known = { ...seen, count: 0, ...(time === undefined ? {} : { first: time }) };
      this.#connections.set(key, known);
    }
    known.count++;
    if (time !== undefined) known.last = time;
  }

  #failed(record: LogRecord): void {
    const { message, detail = '', time } = record;
    const found = FAILED.find(([pattern]) => pattern.test(message));
    if (!found) return;
    this.#failures++;
    const [pattern, name] = found;
    const match = pattern.exec(message);
    const reason = name.replace('$1', match?.[1] ?? '');
    const [refusal] = refusalsIn(message);
    const user = refusal?.user ?? record.user ?? (match && /user "|role "/.test(match[0]) ? match.at(-1) : undefined);
    const host = refusal?.host ?? this.#pending.get(keyOf(record))?.host ?? record.host ?? '?';
    this.#pending.delete(keyOf(record));
    const rule = MATCHED.exec(detail);
    if (rule?.[2] !== undefined) {
      const key = rule[1] === undefined ? rule[2] : `${rule[1]}:${rule[2]}`;
      this.#failedRules.set(key, (this.#failedRules.get(key) ?? 0) + 1);
    }
    let source = this.#sources.get(host);
    if (!source) {
      if (this.#sources.size >= MOST_KEPT) {
        this.#truncated = true;
        return;
      }
      source = { count: 0, peak: 0, minute: '', inMinute: 0, users: new Set(), moreUsers: false, reasons: new Map() };
      if (time !== undefined) source.first = time;
      this.#sources.set(host, source);
    }
    source.count++;
    source.reasons.set(reason, (source.reasons.get(reason) ?? 0) + 1);
    if (user !== undefined && user !== '') {
      if (source.users.size < MOST_USERS) source.users.add(user);
      else if (!source.users.has(user)) source.moreUsers = true;
    }
    if (time === undefined) return;
    source.last = time;
    const minute = time.slice(0, 16);
    source.inMinute = minute === source.minute ? source.inMinute + 1 : 1;
    source.minute = minute;
    source.peak = Math.max(source.peak, source.inMinute);
  }
}

/** Without a process number the lines of concurrent connections can't be told apart; the source is all there is. */
const keyOf = ({ process, source = '' }: LogRecord): string => `${source} ${process ?? ''}`;

const isNumeric = (host: string): boolean => host === '[local]' || /^[0-9.]+$/.test(host) || host.includes(':');

function failureOf([host, { users, reasons, minute: _minute, inMinute: _inMinute, ...rest }]: [
  string,
  Source,
]): FailedSource {
  return { host, ...rest, users: [...users], reasons: Object.fromEntries(reasons) };
}

/** What a whole log says about connections. */
export function observeLog(text: string, toEnglish?: ToEnglish): SeenInLog {
  const observer = new LogObserver(toEnglish);
  observer.push(text);
  return observer.end();
}
