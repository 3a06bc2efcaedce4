import { nextToken } from './tokenize.ts';

/** Where a field stands in a line: characters from `from` up to `to`. */
export interface FieldPlace {
  readonly from: number;
  readonly to: number;
}

/** Where the fields of a line stand, as they are written; a list with commas is one field. */
export function fieldPlaces(line: string): FieldPlace[] {
  const places: FieldPlace[] = [];
  let at = 0;
  while (at < line.length) {
    let from: number | undefined;
    let to = at;
    let comma = true;
    while (comma) {
      const start = at + (/^[ \t\r,]*/.exec(line.slice(at))?.[0].length ?? 0);
      const next = nextToken(line, at);
      at = next.end;
      comma = next.comma;
      if (!next.token) break;
      from ??= start;
      to = comma ? at - 1 : at;
    }
    // A comment takes the rest of the line, and the token before it ends where the comment begins.
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
