import { startsColumn, withWord } from '../postgres/hba/columns.ts';
import type { Edit } from '../postgres/hba/edit.ts';
import { fieldPlaces } from '../postgres/hba/fields.ts';
import { type Hba, lineAt, type PlacedRecord } from '../postgres/hba/hba.ts';

/** New texts for fields of a record; `undefined` leaves a field unchanged. */
export interface Change {
  readonly type?: string;
  readonly databases?: string;
  readonly users?: string;
  /** Address, and mask if there is one. */
  readonly address?: string;
  readonly method?: string;
  /** All options; empty removes them. */
  readonly options?: string;
}

/**
 * The edit that changes fields of a record and keeps spacing, columns and comment. None for records of included files, records
 * that span several physical lines and records that take a field from another file.
 */
export function recordText(hba: Hba, { file, line, record }: PlacedRecord, change: Change): Edit | undefined {
  const raw = file === undefined ? lineAt(hba, line)?.raw : undefined;
  const text = raw?.replace(/[\r\n]+$/, '');
  if (text === undefined || /[\n@]/.test(text)) return undefined;
  const places = fieldPlaces(text, hba.major);
  // The method is the last field that is not an option; options contain a `=`. `ident` on a socket is read as `peer`.
  const methodAt = places.findLastIndex(
    ({ from, to }, index) => index >= 3 && unquoted(text.slice(from, to)) === record.method,
  );
  if (methodAt < 0) return undefined;
  const words = [
    [0, 1, change.type],
    [1, 2, change.databases],
    [2, 3, change.users],
    [3, methodAt, change.address],
    [methodAt, methodAt + 1, change.method],
    [methodAt + 1, places.length, change.options],
  ] as const;
  const isColumn = (column: number) => startsColumn(hba, line, column);
  let edited = text;
  for (const [first, end, word] of words.toReversed()) {
    if (word === undefined) continue;
    const [start, last] = [places[first], places[end - 1]];
    const before = places[first - 1];
    if (start && last && first < end) edited = withWord(edited, { from: start.from, to: last.to, word }, isColumn);
    else if (before && word !== '') edited = `${edited.slice(0, before.to)} ${word}${edited.slice(before.to)}`;
  }
  return { kind: 'replace', line, text: edited.replace(/[ \t]+(?=$)/, '') };
}

const unquoted = (text: string): string => (text.includes('"') ? text.replaceAll('"', '') : text);

/** A field of a record as the main file writes it; undefined for included records and those over several physical lines. */
export function writtenField(hba: Hba, { file, line }: PlacedRecord, field: number): string | undefined {
  const raw = file === undefined ? lineAt(hba, line)?.raw.replace(/[\r\n]+$/, '') : undefined;
  if (raw === undefined || raw.includes('\n')) return undefined;
  const place = fieldPlaces(raw, hba.major)[field];
  return place && unquoted(raw.slice(place.from, place.to));
}
