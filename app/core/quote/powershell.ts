import { type Comment, lineComment } from './comment.ts';
import { distance } from './distance.ts';
import { type Quoted, template } from './template.ts';

export type PowerShell = Quoted<'powershell'>;

/** A line or a piece of PowerShell. */
export const powershell = template<'powershell'>();

/** A verbatim string; PowerShell takes typographic single quotes for quotes too, so each kind is doubled (about_Quoting_Rules). */
export const psWord = (value: string): PowerShell => `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'` as PowerShell;

/**
 * A string of a script in ASCII alone: Windows PowerShell 5.1 reads a file without a mark in the system's code page, where
 * the bytes of other letters may be quotes and even line ends (about_Character_Encoding).
 */
export function psText(value: string): PowerShell {
  const pieces = value.match(/[ -~]+|[^ -~]/g) ?? [];
  if (pieces.every((piece) => /[ -~]/.test(piece))) return psWord(value);
  const quoted = pieces.map((piece) =>
    /[ -~]/.test(piece) ? psWord(piece) : `[char]0x${piece.charCodeAt(0).toString(16)}`,
  );
  return `(${["''", ...quoted].join(' + ')})` as PowerShell;
}

const commentLines = lineComment<'powershell'>('#', unlikeASignature);

/** In ASCII alone, for the reason of `psText`. */
export const psComment: Comment<'powershell'> = (text, indent) => commentLines(text.replace(/[^ -~]/gu, '?'), indent);

/**
 * PowerShell refuses every statement below a comment that looks like the start of a signature block: without blanks it has
 * at most 34 characters, and fewer than 10 edits make it this text (`tokenizer.cs`, ScanToEndOfCommentLine).
 */
function unlikeASignature(line: string): string {
  const similar = distance(line.replaceAll(' ', '').toLowerCase(), 'sig#beginsignatureblock') < 10;
  return similar ? `${line} ${'.'.repeat(35)}` : line;
}
