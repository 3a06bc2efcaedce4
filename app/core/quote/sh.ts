import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Sh = Quoted<'sh'>;

/** A line or a piece of POSIX shell. */
export const sh = template<'sh'>();

/** ShellCheck obeys a comment that begins with its name in lower case (its wiki, Directive). */
export const shComment = lineComment<'sh'>('#', (line) => line.replace(/^\s*shellcheck/, 'ShellCheck'));

const needsNoQuotes = /^[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*$/;

/**
 * One literal word of a command line (POSIX Shell Command Language, 2.2.2). A word that could be read as an option is
 * the caller's to place: behind `--`, or as `--name=value`.
 */
export function shWord(value: string): Sh {
  if (value.includes('\0')) throw new Error('a shell word cannot hold NUL');
  return (needsNoQuotes.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`) as Sh;
}

/** Shell text that another quoting module made, as one literal word: a conninfo string, an SQL statement. */
export const shEmbed = (other: Quoted<string>): Sh => shWord(other);
