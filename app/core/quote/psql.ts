import { conninfo, conninfoValue } from './conninfo.ts';
import type { Sql } from './sql.ts';

/**
 * The arguments of `\connect` for a database of any name, with the user and the host of now. A bare name with `=` would be
 * read as a connection string, so it is one. psql takes double quotes out of this argument even inside single ones
 * (`psqlscanslash.l`, OT_SQLIDHACK), so it stands in double quotes, where a doubled one is one and nothing else means anything.
 */
export const psqlConnect = (database: string): Sql => {
  const to = conninfo`dbname=${conninfoValue(database)}`;
  return `-reuse-previous=on "${to.replaceAll('"', '""')}"` as Sql;
};

/** A single-quoted argument of a backslash command, in which psql knows doubled quotes and C's escapes (`psqlscanslash.l`). */
export const psqlText = (value: string): Sql => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` as Sql;
