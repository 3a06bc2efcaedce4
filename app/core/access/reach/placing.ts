import { editHba } from '../../postgres/hba/edit.ts';
import { type Hba, type ParseHbaOptions, parseHba } from '../../postgres/hba/hba.ts';
import type { HbaRecord } from '../../postgres/hba/record.ts';
import { type Place, placeOf } from '../decide.ts';
import { axisOf } from './axis.ts';
import { type AccessChange, both, compareAccess, type PossibleChange, sameOutcome } from './compare.ts';
import { regionOf } from './ledger.ts';
import { Names } from './names.ts';

/** Where a new record takes effect. */
export interface Placement {
  /** The file with the record in it. */
  readonly text: string;
  /** It stands before this logical line of the old main file; one after the last means the end. */
  readonly line: number;
  /** The first record below that would have decided about some of its connections; absent where there is none. */
  readonly above?: Place;
  /** Everything that changes, which is at most what the new record matches. */
  readonly changes: readonly (AccessChange | PossibleChange)[];
}

/** A record that cannot be placed, in the words of PostgreSQL. */
export interface Misplaced {
  readonly error: string;
}

/**
 * Puts a record as far down as it still decides about everything that it matches, apart from what is already decided the
 * same way. What it does not match stays as it is, which `changes` proves.
 */
export function placeRecord(text: string, record: string, options: ParseHbaOptions): Placement | Misplaced {
  const hba = parseHba(text, options);
  const asked = parseHba(record, options);
  const [only] = asked.records;
  if (!only || asked.records.length > 1 || asked.refused.length > 0 || only.file !== undefined)
    return {
      error:
        asked.refused[0]?.error ??
        (asked.refused.length > 0 ? 'the server refuses this line' : 'this is not one record'),
    };
  const blocking = firstInTheWay(hba, only.record);
  const line = blocking === undefined ? endOf(hba) : lineBefore(hba, blocking);
  const placed = editHba(hba, [{ kind: 'insert', line, text: record.trim() }]);
  const above = blocking === undefined ? undefined : hba.records[blocking];
  return {
    text: placed,
    line,
    ...(above ? { above: placeOf(above) } : {}),
    changes: compareAccess(hba, parseHba(placed, options)),
  };
}

/** The first record that does something else for connections which the new one matches too. */
function firstInTheWay(hba: Hba, record: HbaRecord): number | undefined {
  const withNew = { ...hba, records: [...hba.records, { line: 0, record }] };
  const names = new Names([withNew]);
  const axis = axisOf(withNew.records.map((placed) => placed.record));
  const region = regionOf(record, hba.major, axis, names);
  const index = hba.records.findIndex((placed) => {
    if (sameOutcome(placed.record, record)) return false;
    const shared = both(region, regionOf(placed.record, hba.major, axis, names));
    return shared?.databases.some((databases) =>
      shared.users.some((users) => {
        const { points, complete } = names.trial(databases, users);
        return points.length > 0 || !complete;
      }),
    );
  });
  return index < 0 ? undefined : index;
}

const endOf = ({ lines }: Hba): number => (lines.at(-1)?.number ?? 0) + 1;

/** A line of the main file above a record, and above the comment that belongs to it. */
function lineBefore({ records, lines }: Hba, index: number): number {
  const own = records[index];
  const included = own?.file !== undefined;
  // An included record stands where its include does: after the last record of the main file above it.
  const before = records.slice(0, index).findLast(({ file }) => file === undefined)?.line ?? 0;
  let at = lines.findIndex(({ number }) => (included ? number > before : number === own?.line));
  while (at > 0 && (lines[at - 1]?.number ?? 0) > before && /^[ \t]*#/.test(lines[at - 1]?.raw ?? '')) at--;
  return lines[at]?.number ?? 1;
}
