import { type Hba, parseHba, placeRecord, tidy } from '../core/index.ts';
import { type AccessDifference, differenceView } from './compare.ts';
import { type Files, hbaReading } from './files.ts';
import { recordLine } from './view-models.ts';

/** A line of pg_hba.conf that can be removed, and the lines that make it unreachable. */
export interface RemovableLine {
  readonly line: number;
  readonly text: string;
  readonly by: readonly { readonly line: number; readonly file?: string; readonly text?: string }[];
}

/** Lines that one line can replace; it is placed at the line `at`. */
export interface MergedLines {
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  readonly at: number;
  readonly text: string;
}

export interface TidyView {
  /** The whole file after both changes. */
  readonly text: string;
  readonly removed: readonly RemovableLine[];
  readonly merged: readonly MergedLines[];
  /** Not every combination was checked. */
  readonly more: boolean;
}

/** The file without unreachable records, and with one record where it can replace several. */
export function tidied(files: Files): TidyView {
  const { text, removed, merged, more } = tidy(files.hba, hbaReading(files));
  const hba = parseHba(files.hba, hbaReading(files));
  return {
    text,
    more,
    merged: merged.map(({ lines, at, text: one }) => ({
      lines: lines.map((line) => ({ line, text: recordLine(hba, line) ?? '' })),
      at,
      text: one,
    })),
    removed: removed.map(({ line, by }) => ({
      line,
      text: recordLine(hba, line) ?? '',
      by: by.map((place) => {
        const one = place.file === undefined ? merged.find(({ at }) => at === place.line) : undefined;
        return { ...place, ...(one ? { text: one.text } : textOf(hba, place)) };
      }),
    })),
  };
}

function textOf(hba: Hba, { line, file }: { readonly line: number; readonly file?: string }): { text?: string } {
  const text = file === undefined ? recordLine(hba, line) : undefined;
  return text === undefined ? {} : { text };
}

/** The position of a new record, and what changes with it. */
export interface PlacementView extends AccessDifference {
  readonly text: string;
  /** The number of the inserted line. */
  readonly line: number;
  readonly above?: { readonly line: number; readonly file?: string; readonly text?: string };
}

/** A position, or PostgreSQL's message why there is none. */
export interface Placed {
  readonly placement: PlacementView | null;
  readonly error: string | null;
}

export function placed(files: Files, record: string): Placed {
  const placement = placeRecord(files.hba, record, hbaReading(files));
  if ('error' in placement) return { placement: null, error: placement.error };
  const { text, line, above, changes } = placement;
  const [before, after] = [parseHba(files.hba, hbaReading(files)), parseHba(text, hbaReading(files))];
  return {
    placement: {
      ...differenceView(changes, before, after),
      text,
      line,
      ...(above ? { above: { ...above, ...textOf(before, above) } } : {}),
    },
    error: null,
  };
}
