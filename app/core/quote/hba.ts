import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Hba = Quoted<'hba'>;

/** A line or a piece of `pg_hba.conf` or `pg_ident.conf`. */
export const hba = template<'hba'>();

export const hbaComment = lineComment<'hba'>('#');

/** Words that mean something in the database or user field when they stand unquoted (`hba.c`). */
const keywords = new Set([
  'all',
  'replication',
  'sameuser',
  'samerole',
  'samegroup',
  'include',
  'include_if_exists',
  'include_dir',
]);

/**
 * One literal token. A quote before the first character removes the meaning of keywords, `+`, `@` and `#`
 * (`hba.c`, `next_token`); inside, a quote is doubled and a backslash is an ordinary character.
 */
export const hbaToken = (value: string): Hba =>
  (/^[A-Za-z0-9_:][A-Za-z0-9_.:/=-]*$/.test(value) && !keywords.has(value)
    ? value
    : `"${value.replaceAll('"', '""')}"`) as Hba;

/** A word that keeps its meaning because it stands unquoted. */
export const hbaKeyword = (word: 'all' | 'replication'): Hba => word as Hba;

/** The tokens of another file: what follows the `@` may be quoted, the `@` itself may not (`hba.c`, `next_field_expand`). */
export const hbaFileToken = (path: string): Hba =>
  hba`@${/^[A-Za-z0-9_./-]+$/.test(path) ? (path as Hba) : hbaToken(path)}`;

/** A method's option; quotes may stand inside a token, so `name="a value"` is one (`hba.c`, `next_token`). */
export const hbaOption = (name: string, value: string): Hba =>
  (/^[A-Za-z0-9_.-]+$/.test(value) ? `${name}=${value}` : `${name}="${value.replaceAll('"', '""')}"`) as Hba;

/**
 * A database or role name that matches only itself. From 16 on a token that starts with `/` is a regular expression
 * even when quoted, so such a name is written as an anchored one.
 */
export function hbaName(name: string, major: number): Hba {
  if (major < 16 || !name.startsWith('/')) return hbaToken(name);
  return hbaToken(`/^${name.replace(/[.^$*+?()[\]{}|\\]/g, '\\$&')}$`);
}
