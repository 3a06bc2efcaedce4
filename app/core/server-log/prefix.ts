import type { Label } from './record.ts';

/** What stands before a message. */
export interface Prefix {
  readonly time?: string;
  readonly process?: string;
  readonly sqlstate?: string;
  readonly user?: string;
  readonly database?: string;
  readonly host?: string;
}

/** A line with a severity or label, split there. */
export interface Labeled {
  /** Everything before the severity. */
  readonly prefix: string;
  readonly word: string;
  readonly message: string;
}

const WORDS =
  'DEBUG[1-5]?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION|BACKTRACE';
/** PostgreSQL writes two blanks after the colon (elog.c, fe-protocol3.c); pages and chats keep one. */
const TWO = new RegExp(`(?:^|[^A-Za-z0-9_])(${WORDS}):  `);
const ONE = new RegExp(`(?:^|[^A-Za-z0-9_])(${WORDS}): ?`);

/** Where the message of a line begins; undefined without a severity or label. */
export function labeled(line: string): Labeled | undefined {
  const found = TWO.exec(line) ?? ONE.exec(line);
  const word = found?.[1];
  if (!found || word === undefined) return undefined;
  const start = found.index + found[0].indexOf(word);
  return {
    prefix: line.slice(0, start),
    word: word.startsWith('DEBUG') ? 'DEBUG' : word,
    message: line.slice(found.index + found[0].length).trimStart(),
  };
}

const LABEL_WORDS: readonly string[] = ['DETAIL', 'HINT', 'CONTEXT', 'STATEMENT', 'QUERY', 'LOCATION', 'BACKTRACE'];

export const isLabel = (word: string): word is Label => LABEL_WORDS.includes(word);

/** `%t`, `%m`, `%n` and what the clouds write. */
const TIME =
  /\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z\b|[A-Z]{2,5}\b|[+-]\d\d(?::?\d\d)?))?|\b\d{10}\.\d{3}\b/;
/** `%c` (elog.c): start of the session and process, both hexadecimal. */
const SESSION = /\b[0-9a-f]{8}\.[0-9a-f]{1,8}\b/;
const PROCESS = /\[(\d{1,10})(?:-\d{1,10})?\]|\bpid[ =:]{0,2}(\d{1,10})/i;
const IN_PARENTHESES = /(?:^|\s)\((\d{1,10})\)/;
const BARE_NUMBER = /(?:^|[\s:|,])(\d{1,7})(?=$|[\s:|,])/;
/** States that a connection attempt can end with; other five characters of a prefix may be a number of a process. */
const STATE = /\b(28000|28P01|3D000|53300|57P0[123]|08P01|0800[1346]|42501|42704|22023|0A000|55000|F0000|00000)\b/;
const USER_AT_DATABASE = /(?:^|[\s,:[(])([^\s@,:=[\]()]{1,64})@([^\s@,:=[\]()]{1,64})/;
const NAMED_USER = /\buser(?:name)?=([^\s,\]]{1,64})/i;
const NAMED_DATABASE = /\b(?:db|database|dbname)=([^\s,\]]{1,64})/i;
/** `%r` writes the port in parentheses, `%h` writes none. */
const HOST =
  /(?:^|[\s,:=[(])((?:\d{1,3}\.){3}\d{1,3}|(?=[0-9a-f]{0,4}:[0-9a-f]{0,4}:)[0-9a-f:.]{3,50}(?:%\w{1,15})?|\[local\])(?:\((\d{1,5})\))?/i;

/** What a prefix of any `log_line_prefix` says. */
export function readPrefix(prefix: string): Prefix {
  const time = TIME.exec(prefix)?.[0];
  const rest = time === undefined ? prefix : prefix.replace(time, ' ');
  const session = SESSION.exec(rest)?.[0];
  const found = PROCESS.exec(rest);
  const host = HOST.exec(rest);
  const process = session ?? found?.[1] ?? found?.[2] ?? IN_PARENTHESES.exec(rest)?.[1];
  const [, user, database] = USER_AT_DATABASE.exec(rest) ?? [];
  const named = {
    sqlstate: STATE.exec(rest)?.[1],
    user: NAMED_USER.exec(rest)?.[1] ?? user,
    database: NAMED_DATABASE.exec(rest)?.[1] ?? database,
    host: host?.[1],
    process: process ?? (time === undefined ? undefined : BARE_NUMBER.exec(rest)?.[1]),
    time,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined && value !== ''));
}
