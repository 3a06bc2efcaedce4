import type { Attempt } from './attempts.ts';
import { usersOf } from './attempts.ts';
import type { Refusal } from './refusal.ts';
import type { Surroundings } from './surroundings.ts';

/** What a text names, for commands that can be pasted. A name with a control character is left out. */
export interface Facts {
  readonly role?: string;
  readonly database?: string;
  /** The client's address, as the server sees it. */
  readonly address?: string;
  /** The server's name or address, as the client wrote it. */
  readonly host?: string;
  readonly port?: number;
  /** A line of pg_hba.conf or pg_ident.conf that the server rejects, and the file's path. */
  readonly line?: number;
  readonly file?: string;
  /** The absolute path of a private key that libpq or the server doesn't accept. */
  readonly keyFile?: string;
  /** The absolute path of a password file that libpq names. */
  readonly passwordFile?: string;
  readonly major: number;
}

const PLAIN = /^[^\p{Cc}]{1,255}$/u;
const DATABASE = /database [="']?"([^"]{1,63})"/;
const KEY_FILE = /private key file "(\/[^"]{1,255})"/;
const PASSWORD_FILE = /password file "(\/[^"]{1,255})"/;
const LINE = /line (\d{1,9}) of configuration file "([^"]{1,1000})"/;

/** Facts of one attempt. Where the text names several, the first. */
export function factsOf(
  attempt: Attempt,
  refusals: readonly Refusal[],
  { targets }: Surroundings,
  major: number,
): Facts {
  const lines = attempt.records.flatMap((record) => record.lines);
  const [target] = targets;
  const [refusal] = refusals;
  const found = {
    role: [...usersOf(attempt)][0] ?? refusal?.user,
    database: first(lines, DATABASE)?.[1] ?? refusal?.database,
    address: refusal && refusal.host !== '[local]' ? refusal.host : undefined,
    host: target?.host,
    file: first(lines, LINE)?.[2],
    keyFile: first(lines, KEY_FILE)?.[1],
    passwordFile: first(lines, PASSWORD_FILE)?.[1],
  };
  const line = first(lines, LINE)?.[1];
  return {
    major,
    ...Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined && PLAIN.test(value))),
    ...(target?.port === undefined ? {} : { port: target.port }),
    ...(line === undefined ? {} : { line: Number(line) }),
  };
}

function first(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  for (const line of lines) {
    const found = pattern.exec(line);
    if (found) return found;
  }
  return undefined;
}
