import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Sql = Quoted<'sql'>;

/** A line or a piece of SQL, to be run with `standard_conforming_strings = on`. */
export const sql = template<'sql'>();

export const sqlComment = lineComment<'sql'>('--');

/** A string constant (manual 4.1.2.1); backslashes are literal there. */
export const sqlLiteral = (value: string): Sql => `'${value.replaceAll("'", "''")}'` as Sql;

/** A quoted identifier (manual 4.1.1), case kept: the role `Mixed` is `"Mixed"`. */
export const sqlIdentifier = (name: string): Sql => `"${name.replaceAll('"', '""')}"` as Sql;

/** A word that keeps its meaning because it stands unquoted. */
export function sqlKeyword(word: string): Sql {
  if (!/^[A-Za-z]+$/.test(word)) throw new Error(`${JSON.stringify(word)} is not a keyword`);
  return word as Sql;
}

/** A dollar-quoted string over several lines (manual 4.1.2.4), with a tag that does not occur in them. */
export function sqlDollar(lines: readonly Sql[]): Sql {
  const body = lines.join('\n');
  let tag = '$postern$';
  for (let count = 1; body.includes(tag); count++) tag = `$postern${count}$`;
  return `${tag}\n${body}\n${tag}` as Sql;
}
