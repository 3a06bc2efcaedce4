import type { Hba } from './hba.ts';
import type { Ini } from './ini.ts';

/**
 * A database's name on the left of `=` in the section `[databases]`: in double quotes, a quote doubled (pgbouncer.ini(5)).
 * `*` and `pgbouncer` mean something even in quotes (`loader.c`, `parse_database`), so the plan's door refuses them.
 */
export function pgbouncerName(name: string): Ini {
  if (name === '*' || name === 'pgbouncer' || /\p{Cc}/u.test(name))
    throw new Error(`pgbouncer.ini cannot hold the database ${JSON.stringify(name)}`);
  return `"${name.replaceAll('"', '""')}"` as Ini;
}

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
