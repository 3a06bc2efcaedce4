import type { Hba } from './hba.ts';
import type { Ini } from './ini.ts';

/**
 * A database's name on the left of `=` in the section `[databases]`. The manual speaks of quoted names, but 1.18 answers
 * them with a syntax error, and `*` and `pgbouncer` mean something of their own (`loader.c`, `parse_database`): plan
 * validation refuses both.
 */
export function pgbouncerName(name: string): Ini {
  if (!isPgbouncerDatabase(name)) throw new Error(`pgbouncer.ini cannot hold the database ${JSON.stringify(name)}`);
  return name as Ini;
}

/** Whether every PgBouncer from 1.18 on can serve a database of that name. */
export const isPgbouncerDatabase = (name: string): boolean =>
  /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) && name !== 'pgbouncer';

/** A value in a connection string of `[databases]`: in single quotes, a quote doubled; a backslash is a backslash. */
export function pgbouncerValue(value: string): Ini {
  if (/\p{Cc}/u.test(value)) throw new Error(`pgbouncer.ini cannot hold ${JSON.stringify(value)}`);
  return `'${value.replaceAll("'", "''")}'` as Ini;
}

/**
 * A name in the file of `auth_hba_file`. In quotes no word is a keyword and no name a file or a group; unlike
 * PostgreSQL, PgBouncer reads `sameuser` as a keyword in the user field too (`hba.c`, `parse_line`), so all are quoted.
 */
export function pgbouncerHbaName(name: string): Hba {
  if (/\p{Cc}/u.test(name)) throw new Error(`PgBouncer's hba file cannot hold ${JSON.stringify(name)}`);
  return `"${name.replaceAll('"', '""')}"` as Hba;
}
