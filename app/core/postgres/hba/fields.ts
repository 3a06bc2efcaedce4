import { Scanner } from './tokenize.ts';

/** The position of a field in a line: characters from `from` up to `to`. */
export interface FieldPlace {
  readonly from: number;
  readonly to: number;
}

/** The positions of the fields of a line as a major reads it; a list with commas is one field. */
export function fieldPlaces(line: string, major: number): FieldPlace[] {
  const places: FieldPlace[] = [];
  const scanner = new Scanner(line, 0, line.length, major);
  while (scanner.at < line.length) {
    let from: number | undefined;
    let to = scanner.at;
    do {
      const start = scanner.start();
      if (!scanner.next()) break;
      from ??= start;
      to = scanner.comma ? scanner.at - 1 : scanner.at;
    } while (scanner.comma);
    // A comment extends to the end of the line, and the token before it ends where the comment begins.
    if (from !== undefined) places.push({ from, to: commentStart(line, from, to) });
  }
  return places;
}

function commentStart(line: string, from: number, to: number): number {
  let inQuote = false;
  for (let at = from; at < to; at++) {
    if (line[at] === '"') inQuote = !inQuote;
    else if (line[at] === '#' && !inQuote) return at;
  }
  return to;
}
