import { byteLength, cString, encodeBytes } from '../../bytes/bytes.ts';
import { decodeBytes, rejoined } from '../../bytes/decode.ts';
import type { Stretch } from './token.ts';

/**
 * A logical line: what the tokenizer reads, without line endings and continuation backslashes, and the part of the file
 * that it represents.
 */
export interface LogicalLine extends Stretch {
  /** The first physical line, as the server counts: if a NUL hides a line ending, the next line is not counted. */
  readonly number: number;
  /** Every character of the file that belongs to it, line endings included, from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  /** Exceeds the line limit of servers before 14. */
  readonly tooLong: boolean;
}

/** Bytes that 11 to 13 read of one line, including the line ending (`MAX_LINE` of minor releases since August 2023). */
const LONGEST_LINE = 20479;

/** Splits a file as `hba.c` does: at LF; since 14 a backslash at the very end joins the next line. */
export const logicalLines = (text: string, major: number): Generator<LogicalLine> =>
  major < 14 ? pieces(text) : continued(text);

/** The logical lines of a file with every character that belongs to them. */
export function* rawLines(text: string, major: number): Generator<{ readonly number: number; readonly raw: string }> {
  for (const { number, start, end } of logicalLines(text, major)) yield { number, raw: text.slice(start, end) };
}

/** What `fgets` returns to a server before 14: a line with its ending, or as much of it as fits. */
function* pieces(text: string): Generator<LogicalLine> {
  // Bytes of a character that the end of the previous piece split.
  let left = '';
  for (let at = 0, number = 1; at < text.length || left !== ''; number++) {
    const end = lineEnd(text, at);
    const { to, cut } = within(text, at, end, LONGEST_LINE - left.length);
    const line = left + cString(text.slice(at, to));
    const full = to < end || cut > 0 || (to - at) * 4 >= LONGEST_LINE;
    const tooLong = full && byteLength(cString(text.slice(at, to))) + left.length - cut === LONGEST_LINE;
    yield { number, text: line, from: 0, to: contentEnd(line, 0, line.length), start: at, end: to, tooLong };
    left = lastBytes(text, to, cut);
    at = to;
  }
}

/** The offset where this many bytes from `from` on end, and the number of bytes of the last character beyond it. */
function within(text: string, from: number, end: number, most: number): { to: number; cut: number } {
  if ((end - from) * 3 <= most) return { to: end, cut: 0 };
  let bytes = 0;
  let to = from;
  while (to < end && bytes < most) {
    const length = (text.codePointAt(to) ?? 0) > 0xffff ? 2 : 1;
    bytes += byteLength(text.slice(to, to + length));
    to += length;
  }
  return { to, cut: Math.max(0, bytes - most) };
}

/** The last bytes of the character that ends at `to`, each as an escaped byte. */
function lastBytes(text: string, to: number, count: number): string {
  if (count === 0) return '';
  return decodeBytes(encodeBytes(text.slice(to - (isLowSurrogate(text, to - 1) ? 2 : 1), to)).slice(-count));
}

const isLowSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

function* continued(text: string): Generator<LogicalLine> {
  const hiding = text.includes('\0');
  const read = hiding ? new HidingReader(text) : new Reader(text);
  for (let number = 1; read.at < text.length; ) {
    const start = read.at;
    const first = number;
    const end = lineEnd(text, start);
    const to = contentEnd(text, start, end);
    // Nearly every line is in the file exactly as the tokenizer reads it.
    if (!hiding && (to === start || text[to - 1] !== '\\')) {
      yield { number, text, from: start, to, start, end, tooLong: false };
      number++;
      read.at = end;
      continue;
    }
    const parts: string[] = [];
    let length = 0;
    let joined = 0;
    while (read.at < text.length) {
      const line = strip(read.line(length));
      number++;
      parts.push(line);
      length += line.length;
      // A line ending at the start of this piece also removes the carriage returns before it.
      if (line === '') length -= stripEnd(parts);
      if (!(length > joined && parts.at(-1)?.endsWith('\\'))) break;
      parts[parts.length - 1] = line.slice(0, -1);
      length--;
      joined = length;
    }
    const line = rejoined(parts.join(''));
    yield { number: first, text: line, from: 0, to: line.length, start, end: read.at, tooLong: false };
  }
}

/** Removes line endings at the end of the parts; returns how many characters. */
function stripEnd(parts: string[]): number {
  let taken = 0;
  for (;;) {
    const part = parts.at(-1);
    if (part === undefined) return taken;
    const kept = strip(part);
    taken += part.length - kept.length;
    if (kept !== '') {
      parts[parts.length - 1] = kept;
      return taken;
    }
    parts.pop();
  }
}

/** `pg_get_line_append` for a file without NULs. */
class Reader {
  at = 0;

  constructor(protected readonly text: string) {}

  /** The next line, including its ending; `held` is the length of the earlier lines before it. */
  line(_held: number): string {
    const start = this.at;
    this.at = lineEnd(this.text, start);
    return this.text.slice(start, this.at);
  }
}

/**
 * The same for files with NULs. Whatever follows a NUL in a chunk read by `fgets` is lost, including a line ending, and
 * reading continues with the next line. The chunk size depends on the space in the buffer, which grows by doubling.
 */
class HidingReader extends Reader {
  #room = 1024;
  /** Bytes of a character that the previous read split. */
  #left = 0;

  override line(held: number): string {
    const parts: string[] = [];
    let bytes = held;
    while (this.at < this.text.length) {
      const start = this.at;
      const { to, cut } = within(this.text, start, lineEnd(this.text, start), this.#room - bytes - 1 - this.#left);
      this.at = to;
      const piece = this.text.slice(start, to);
      const part = cString(piece);
      parts.push(part);
      const hidden = part.length < piece.length;
      bytes += byteLength(part) + this.#left - (hidden ? 0 : cut);
      this.#left = cut;
      if (part.endsWith('\n')) break;
      // The half of a character whose other half is lost.
      if (hidden) parts.push(lastBytes(this.text, to, cut));
      while (this.#room < bytes + 129) this.#room *= 2;
    }
    return parts.join('');
  }
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
};

const strip = (line: string): string => line.slice(0, contentEnd(line, 0, line.length));

/** The offset where a stretch ends, excluding its line ending. */
function contentEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return end;
}
