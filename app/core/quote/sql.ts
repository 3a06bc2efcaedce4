import { type Quoted, template } from './template.ts';

export type Sql = Quoted<'sql'>;

/** A line or a piece of SQL, to be run with `standard_conforming_strings = on`. */
export const sql = template<'sql'>();

/** A string constant (manual 4.1.2.1); backslashes are literal there. */
export const sqlLiteral = (value: string): Sql => `'${value.replaceAll("'", "''")}'` as Sql;

/** A quoted identifier (manual 4.1.1), case kept: the role `Mixed` is `"Mixed"`. */
export const sqlIdentifier = (name: string): Sql => `"${name.replaceAll('"', '""')}"` as Sql;
