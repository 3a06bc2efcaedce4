import { byteLength } from './token.ts';

/** A logical line: its text as the tokenizer reads it, and the bytes it stands for. */
export interface LogicalLine {
  readonly number: number;
  /** Without line ends and continuation backslashes. */
  readonly text: string;
  /** Every character of the file that belongs to it, line ends included. */
  readonly raw: string;
  /** Longer than a server before 14 reads. */
  readonly tooLong: boolean;
}

/** Bytes that 11 to 13 read of one line, the line end included (`MAX_LINE` of the minors since August 2023). */
const LONGEST_LINE = 20479;

/** Splits a file as `hba.c` does: at LF; from 14 on a backslash at the very end joins the next line. */
export function* logicalLines(text: string, major: number): Generator<LogicalLine> {
  let at = 0;
  let number = 1;
  while (at < text.length) {
    const start = at;
    const first = number;
    if (major < 14) {
      const piece = chunk(text, at);
      at += piece.length;
      number++;
      yield {
        number: first,
        text: cString(strip(cString(piece))),
        raw: piece,
        tooLong: byteLength(cString(piece)) === LONGEST_LINE,
      };
      continue;
    }
    let buffer = '';
    let joined = 0;
    while (at < text.length) {
      const end = lineEnd(text, at);
      buffer = strip(cString(buffer + text.slice(at, end)));
      at = end;
      number++;
      if (!(buffer.length > joined && buffer.endsWith('\\'))) break;
      buffer = buffer.slice(0, -1);
      joined = buffer.length;
    }
    yield { number: first, text: buffer, raw: text.slice(start, at), tooLong: false };
  }
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
};

/** What `fgets` gives a server before 14: a line with its end, or as much of it as fits. */
function chunk(text: string, from: number): string {
  const line = text.slice(from, lineEnd(text, from));
  if (line.length * 3 < LONGEST_LINE || byteLength(line) <= LONGEST_LINE) return line;
  let bytes = 0;
  let to = 0;
  for (const character of line) {
    bytes += byteLength(character);
    if (bytes > LONGEST_LINE) break;
    to += character.length;
  }
  return line.slice(0, to);
}

const strip = (line: string): string => line.replace(/[\r\n]+$/, '');

/** A C string ends at its first NUL. */
const cString = (line: string): string => {
  const end = line.indexOf('\0');
  return end < 0 ? line : line.slice(0, end);
};
