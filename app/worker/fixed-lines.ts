import { type Edit, shownBytes } from '../core/index.ts';

/** A line that an edit changes, by its number before; null: there is no such line before or after. */
export interface FixedLine {
  readonly line: number;
  readonly before: string | null;
  readonly after: string | null;
}

interface Line {
  readonly number: number;
  readonly raw: string;
}

/** The lines that edits of a file change. */
export function fixedLines(lines: readonly Line[], edits: readonly Edit[]): FixedLine[] {
  const textOf = new Map(lines.map(({ number, raw }) => [number, shown(raw)]));
  return edits.map((edit) => ({
    line: edit.line,
    before: edit.kind === 'insert' ? null : (textOf.get(edit.line) ?? null),
    after: edit.kind === 'delete' ? null : shown(edit.text),
  }));
}

const shown = (raw: string): string => shownBytes(raw.replace(/[\r\n]+$/, ''));
