import { byteLength, type Stretch } from './token.ts';

/** A logical line: what the tokenizer reads, without line ends and continuation backslashes, and what of the file it stands for. */
export interface LogicalLine extends Stretch {
  /** The first physical line, as the server counts: where a NUL hides a line's end the next one is not counted. */
  readonly number: number;
  /** Every character of the file that belongs to it, line ends included, from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  /** Longer than a server before 14 reads. */
  readonly tooLong: boolean;
}

/** Bytes that 11 to 13 read of one line, the line end included (`MAX_LINE` of the minors since August 2023). */
const LONGEST_LINE = 20479;

/** Splits a file as `hba.c` does: at LF; from 14 on a backslash at the very end joins the next line. */
export const logicalLines = (text: string, major: number): Generator<LogicalLine> =>
  major < 14 ? pieces(text) : continued(text);

/** The logical lines of a file with every character that belongs to them. */
export function* rawLines(text: string, major: number): Generator<{ readonly number: number; readonly raw: string }> {
  for (const { number, start, end } of logicalLines(text, major)) yield { number, raw: text.slice(start, end) };
}

/** What `fgets` gives a server before 14: a line with its end, or as much of it as fits. */
function* pieces(text: string): Generator<LogicalLine> {
  // Bytes of a character that the last piece cut in two; the server reads them as no character.
  let left = 0;
  for (let at = 0, number = 1; at < text.length || left > 0; number++) {
    const end = lineEnd(text, at);
    const { to, cut } = within(text, at, end, LONGEST_LINE - left);
    const line = '\ufffd'.repeat(left) + cString(text.slice(at, to));
    const full = to < end || cut > 0 || (to - at) * 4 >= LONGEST_LINE;
    const tooLong = full && byteLength(cString(text.slice(at, to))) + left - cut === LONGEST_LINE;
    yield { number, text: line, from: 0, to: contentEnd(line, 0, line.length), start: at, end: to, tooLong };
    left = cut;
    at = to;
  }
}

/** Where so many bytes from `from` on end, and how many bytes of the last character lie beyond. */
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

function* continued(text: string): Generator<LogicalLine> {
  const hiding = text.includes('\0');
  const read = hiding ? new HidingReader(text) : new Reader(text);
  for (let number = 1; read.at < text.length; ) {
    const start = read.at;
    const first = number;
    const end = lineEnd(text, start);
    const to = contentEnd(text, start, end);
    // Nearly every line stands in the file as the tokenizer reads it.
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
      // A line end at the start of this piece takes the carriage returns before it along.
      if (line === '') length -= stripEnd(parts);
      if (!(length > joined && parts.at(-1)?.endsWith('\\'))) break;
      parts[parts.length - 1] = line.slice(0, -1);
      length--;
      joined = length;
    }
    const line = parts.join('');
    yield { number: first, text: line, from: 0, to: line.length, start, end: read.at, tooLong: false };
  }
}

/** Line ends at the end of the parts, taken off; gives how many. */
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

  /** The next line, its end included; `held` is how much of earlier lines stands before it. */
  line(_held: number): string {
    const start = this.at;
    this.at = lineEnd(this.text, start);
    return this.text.slice(start, this.at);
  }
}

/**
 * The same where there are NULs. What follows one in what `fgets` has read is lost, a line end too, and the reading goes on
 * with the next line. How much is read at a time depends on the room in the buffer, which grows by doubling.
 */
class HidingReader extends Reader {
  #room = 1024;
  /** Bytes of a character that the last reading cut in two. */
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
      if (hidden && cut > 0) parts.push('\ufffd'.repeat(cut));
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

/** Where a stretch ends without its line ends. */
function contentEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return end;
}

/** A C string ends at its first NUL. */
const cString = (line: string): string => {
  const end = line.indexOf('\0');
  return end < 0 ? line : line.slice(0, end);
};
