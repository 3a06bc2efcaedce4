import { type Hba, parseHba, placeRecord, tidy } from '../core/index.ts';
import { type Told, toldChanges } from './compared.ts';
import type { Files } from './files.ts';
import { recordLine } from './told.ts';

/** A line of pg_hba.conf that can go, and those that leave it nothing to decide. */
export interface SpareLine {
  readonly line: number;
  readonly text: string;
  readonly by: readonly { readonly line: number; readonly file?: string; readonly text?: string }[];
}

/** Lines that one line can stand for; it stands at the line `at`. */
export interface MergedLines {
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  readonly at: number;
  readonly text: string;
}

export interface ToldTidied {
  /** The whole file after both. */
  readonly text: string;
  readonly spared: readonly SpareLine[];
  readonly merged: readonly MergedLines[];
  /** Not everything was tried. */
  readonly more: boolean;
}

const options = ({ major, included }: Files) => ({ major, files: included });

/** The file without the records that decide about nobody, and with one record where it can stand for several. */
export function tidied(files: Files): ToldTidied {
  const { text, spared, merged, more } = tidy(files.hba, options(files));
  const hba = parseHba(files.hba, options(files));
  return {
    text,
    more,
    merged: merged.map(({ lines, at, text: one }) => ({
      lines: lines.map((line) => ({ line, text: recordLine(hba, line) ?? '' })),
      at,
      text: one,
    })),
    spared: spared.map(({ line, by }) => ({
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

/** Where a new record stands, and what changes with it. */
export interface ToldPlacement extends Told {
  readonly text: string;
  /** The line that it becomes. */
  readonly line: number;
  readonly above?: { readonly line: number; readonly file?: string; readonly text?: string };
}

/** A place, or why there is none in the words of PostgreSQL. */
export interface Placed {
  readonly placement: ToldPlacement | null;
  readonly error: string | null;
}

export function placed(files: Files, record: string): Placed {
  const placement = placeRecord(files.hba, record, options(files));
  if ('error' in placement) return { placement: null, error: placement.error };
  const { text, line, above, changes } = placement;
  const [before, after] = [parseHba(files.hba, options(files)), parseHba(text, options(files))];
  return {
    placement: {
      ...toldChanges(changes, before, after),
      text,
      line,
      ...(above ? { above: { ...above, ...textOf(before, above) } } : {}),
    },
    error: null,
  };
}
