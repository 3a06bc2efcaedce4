import type { LogRecord } from '../../server-log/record.ts';

/** The records of one connection attempt, or of one process of the server. */
export interface Attempt {
  readonly by: 'client' | 'server';
  readonly records: readonly LogRecord[];
}

/** The program that begins a new attempt; libpq names it once, however many addresses it tries. */
const PROGRAM = /^(?:psql|pg_\w+|createdb|dropdb|createuser|vacuumdb|pgbench)(?:\.exe)?: /;

/**
 * Groups records by process and connection. What a client printed is one attempt until its program starts again; a
 * bare message belongs to the client before it, and records of a log without a process number are one group.
 */
export function attemptsIn(records: readonly LogRecord[]): readonly Attempt[] {
  const groups = new Map<string, { by: Attempt['by']; records: LogRecord[] }>();
  let run = 0;
  let hasClient = false;
  for (const record of records) {
    const { writer, source = '', process } = record;
    const ofClient = writer === 'client' || writer === 'unknown';
    if (ofClient && hasClient && PROGRAM.test(record.lines[0] ?? '')) run++;
    hasClient ||= ofClient;
    const key = ofClient ? `client ${run} ${source}` : `${writer} ${source} ${process ?? ''}`;
    const group = groups.get(key) ?? { by: ofClient ? 'client' : 'server', records: [] };
    group.records.push(record);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const USER = /\b(?:user|role|username|usuario|rôle) [="']?"?([^"'=,\s]{1,64})"|\buser=([^\s"',\]]{1,64})/gi;

/** The users that an attempt names. */
export function usersOf({ records }: Attempt): ReadonlySet<string> {
  const named = records.flatMap(({ user, lines }) => [
    ...(user === undefined || user.startsWith('[') ? [] : [user]),
    ...lines.flatMap((line) => [...line.matchAll(USER)].map((found) => found[1] ?? found[2] ?? '')),
  ]);
  return new Set(named.filter((name) => name !== ''));
}
