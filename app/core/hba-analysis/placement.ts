import { inColumns } from '../postgres/hba/columns.ts';
import { editHba } from '../postgres/hba/edit.ts';
import { type Hba, type ParseHbaOptions, parseHba } from '../postgres/hba/hba.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import { axisOf } from './axis.ts';
import { type AccessChange, compareAccess, intersectRegions, type PossibleChange, sameOutcome } from './compare.ts';
import { regionOf } from './coverage-index.ts';
import { type Place, placeOf } from './decide.ts';
import { Names } from './names.ts';

/** The place of a new record. */
export interface Placement {
  /** The file with the new record. */
  readonly text: string;
  /** The logical line of the old main file before which the record is inserted; last line + 1 means the end. */
  readonly line: number;
  /** The first later record with another outcome for some connections of the new one; absent if there is none. */
  readonly above?: Place;
  /** All changes of access. They are limited to connections that the new record matches. */
  readonly changes: readonly (AccessChange | PossibleChange)[];
}

/** The record can't be placed. `error` is PostgreSQL's message if the server rejects the line. */
export interface Misplaced {
  readonly error: string;
}

/**
 * Inserts a record at the last place where every connection that it matches gets its outcome. Access of all other
 * connections is unchanged, which `changes` proves.
 */
export function placeRecord(text: string, record: string, options: ParseHbaOptions): Placement | Misplaced {
  const hba = parseHba(text, options);
  const added = parseHba(record, options);
  const [only] = added.records;
  if (!only || added.records.length > 1 || added.refused.length > 0 || only.file !== undefined)
    return {
      error:
        added.refused[0]?.error ??
        (added.refused.length > 0 ? 'the server refuses this line' : 'this is not one record'),
    };
  const conflict = firstConflict(hba, only.record);
  const line = conflict === undefined ? endOf(hba) : lineBefore(hba, conflict);
  const edited = editHba(hba, [{ kind: 'insert', line, text: inColumns(hba, line, record.trim()) }]);
  const above = conflict === undefined ? undefined : hba.records[conflict];
  return {
    text: edited,
    line,
    ...(above ? { above: placeOf(above) } : {}),
    changes: compareAccess(hba, parseHba(edited, options)),
  };
}

/** The first record with another outcome that shares a connection with the new one. */
function firstConflict(hba: Hba, record: HbaRecord): number | undefined {
  const withNew = { ...hba, records: [...hba.records, { line: 0, record }] };
  const names = new Names([withNew]);
  const axis = axisOf(withNew.records.map((placed) => placed.record));
  const region = regionOf(record, hba.major, axis, names);
  const index = hba.records.findIndex((placed) => {
    if (sameOutcome(placed.record, record)) return false;
    const shared = intersectRegions(region, regionOf(placed.record, hba.major, axis, names));
    return shared?.databases.some((databases) =>
      shared.users.some((users) => {
        const { points, complete } = names.representatives(databases, users);
        return points.length > 0 || !complete;
      }),
    );
  });
  return index < 0 ? undefined : index;
}

const endOf = ({ lines }: Hba): number => (lines.at(-1)?.number ?? 0) + 1;

/** The line of the main file at which to insert before a record and the comment that belongs to it. */
function lineBefore({ records, lines }: Hba, index: number): number {
  const target = records[index];
  const included = target?.file !== undefined;
  // An included record has the position of its include: after the last earlier record of the main file.
  const before = records.slice(0, index).findLast(({ file }) => file === undefined)?.line ?? 0;
  let at = lines.findIndex(({ number }) => (included ? number > before : number === target?.line));
  while (at > 0 && (lines[at - 1]?.number ?? 0) > before && /^[ \t]*#/.test(lines[at - 1]?.raw ?? '')) at--;
  return lines[at]?.number ?? 1;
}
