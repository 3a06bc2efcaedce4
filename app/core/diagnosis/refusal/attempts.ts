import type { LogRecord } from '../../server-log/record.ts';

/** The records of one connection attempt, or of one process of the server. */
export interface Attempt {
  readonly by: 'client' | 'server';
  readonly records: readonly LogRecord[];
}

/** The program that begins a new attempt; libpq names it once, however many addresses it tries. */
const PROGRAM = /^(?:psql|pg_\w+|createdb|dropdb|createuser|vacuumdb|pgbench)(?:\.exe)?: /;

/**
 * Groups records by process and connection. What a client printed is one attempt until its program starts again, or
 * another user is named; a bare message belongs to the client before it, and records of a log without a process number
 * are one group.
 */
export function attemptsIn(records: readonly LogRecord[]): readonly Attempt[] {
  const groups = new Map<string, { by: Attempt['by']; records: LogRecord[] }>();
  let run = 0;
  let hasClient = false;
  let user: string | undefined;
  for (const record of records) {
    const { writer, source = '', process } = record;
    const ofClient = writer === 'client' || writer === 'unknown';
    const [named] = ofClient ? usersIn(record) : [];
    const isOther = named !== undefined && user !== undefined && named !== user;
    if (ofClient && hasClient && (isOther || PROGRAM.test(record.lines[0] ?? ''))) {
      run++;
      user = undefined;
    }
    user ??= named;
    hasClient ||= ofClient;
    const key = ofClient ? `client ${run} ${source}` : `${writer} ${source} ${process ?? ''}`;
    const group = groups.get(key) ?? { by: ofClient ? 'client' : 'server', records: [] };
    group.records.push(record);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * A name in quotes that ends there: one that contains a quote can't be told from the words after it. A name with `=` is
 * that of an LDAP entry, not of a role.
 */
const QUOTED = /\b(?:user|role|username|usuario|rôle) (?:"([^"=]{1,63})"|'([^']{1,63})')(?![^\s,;:.)\]])/gi;
const NAMED = /\buser=([^\s"',\]]{1,64})/gi;

const usersIn = ({ user, lines }: LogRecord): readonly string[] => [
  ...(user === undefined || user.startsWith('[') ? [] : [user]),
  ...lines.flatMap((line) =>
    [...line.matchAll(QUOTED), ...line.matchAll(NAMED)].map((found) => found[1] ?? found[2] ?? ''),
  ),
];

/** The users that an attempt names. */
export const usersOf = ({ records }: Attempt): ReadonlySet<string> =>
  new Set(records.flatMap(usersIn).filter((name) => name !== ''));
