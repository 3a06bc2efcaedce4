import { byteLength } from '../bytes/bytes.ts';
import type { Quoted } from './template.ts';

/** Writes any text at all as whole comment lines of a language, each behind `indent`. */
export type Comment<L extends string> = (text: string, indent?: string) => Quoted<L>[];

/**
 * Bytes of a line with its comment sign. libpq before 14 refuses a `pg_service.conf` with a line over 255 bytes, a comment
 * included (`fe-connect.c`, `parseServiceFile`), and other readers have larger buffers.
 */
const WIDTH = 100;

/** The comment of a language in which it ends with the line. `harmless` breaks what its readers obey in a comment. */
export function lineComment<L extends string>(
  start: '#' | '--' | '//',
  harmless: (line: string) => string = (line) => line,
): Comment<L> {
  return (text, indent = '') =>
    wrap(visible(text), WIDTH - indent.length - start.length - 1).map(
      (line) => `${indent}${start} ${ended(withoutOrders(harmless(line)))}` as Quoted<L>,
    );
}

/**
 * The comment of XML and HTML, on one line. Two hyphens never meet in it and it ends in a blank, so it is a comment by XML
 * 1.0, 2.5, and nothing in it ends one by the HTML standard, 13.2.5 (`-->`, `--!>`; `>` and `->` at its start).
 */
export function markupComment<L extends string>(): Comment<L> {
  return (text, indent = '') => [
    `${indent}<!-- ${withoutOrders(visible(text)).replace(/-(?=-)/g, '- ')} -->` as Quoted<L>,
  ];
}

/** A line, or several, that a person may put into use by deleting the comment sign. */
export const commentedOut = <L extends string>(start: '#' | '--', line: Quoted<L>): Quoted<L> =>
  line
    .split(/[\n\r]/)
    .map((one) => `${start}${ended(one)}`)
    .join('\n') as Quoted<L>;

/** Some reader or other ends a line at each of these or refuses them, or they hide and reorder text: each is a blank here. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu, ' ');

/** From 14 on a backslash at the end of a line of `pg_hba.conf` joins the next line to it, in comments too (`hba.c`). */
const ended = (line: string): string => (line.endsWith('\\') ? `${line}.` : line);

/**
 * Some comments are obeyed. Editors take settings from them near the start and the end of a file: Vim from ` vim:`, ` vi:`
 * and ` ex:` (`:help modeline`), Emacs from `-*-` and `Local Variables:` ("Specifying File Variables"). And our own audit
 * keeps silent where a comment says `postern-ignore:`.
 */
const withoutOrders = (line: string): string =>
  line
    .replace(/((?<=^| )(?:vim?[<=>]?\d*|ex)|local variables|postern-ignore(?:-file)?)(?=:)/gi, '$1 ')
    .replace(/-(?=\*-)/g, '- ');

/** Lines of at most so many bytes, broken at blanks, and inside a word that is longer. */
function wrap(text: string, bytes: number): string[] {
  const lines: string[] = [];
  let used = 0;
  for (const piece of text.split(' ').flatMap((word) => cut(word, bytes))) {
    const length = byteLength(piece);
    const fits = lines.length > 0 && used + 1 + length <= bytes;
    if (fits) lines[lines.length - 1] += ` ${piece}`;
    else lines.push(piece);
    used = fits ? used + 1 + length : length;
  }
  return lines;
}

/** A word in pieces of at most so many bytes. */
function cut(word: string, bytes: number): string[] {
  if (byteLength(word) <= bytes) return [word];
  const pieces = [''];
  let used = 0;
  for (const character of word) {
    const length = byteLength(character);
    const fits = used + length <= bytes;
    if (fits) pieces[pieces.length - 1] += character;
    else pieces.push(character);
    used = fits ? used + length : length;
  }
  return pieces;
}
