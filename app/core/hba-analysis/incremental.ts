import { isExpression } from '../postgres/hba/expression.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import { fieldsOverlap } from '../postgres/hba/overlap.ts';
import type { HbaRecord, RecordAddress } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';
import { kindsOf } from './axis.ts';
import { type Place, placeOf } from './decide.ts';
import { Names } from './names.ts';
import { type ReachabilityOptions, type RecordReach, reachabilityAmong, sameAction } from './reachability.ts';

/** `reachability` of one file while it is edited: keeps the last result and updates it after each edit. */
export class ReachabilityCache {
  #last: CachedReach | undefined;

  readonly reach = (hba: CachedReach['hba'], options: ReachabilityOptions): readonly RecordReach[] => {
    const names = new Names([hba], options.memberships);
    const reach =
      (this.#last && updatedReachability(this.#last, hba, options, names)) ?? reachabilityAmong(names, hba, options);
    this.#last = { hba, options, names, reach };
    return reach;
  };

  /** The last result. */
  get last(): readonly RecordReach[] {
    return this.#last?.reach ?? [];
  }
}

/** A file and its reachability with these options. */
interface CachedReach {
  readonly hba: Pick<Hba, 'major' | 'records'>;
  readonly options: ReachabilityOptions;
  readonly names: Names;
  readonly reach: readonly RecordReach[];
}

/** With more affected records than this, a complete run is faster. */
const MAX_AFFECTED = 64;

/**
 * The reachability of a file after an edit. Recomputes only the records that the edit can affect: changed records, later
 * records that may share a connection with one, and regular expressions with other representatives than before. Status,
 * reasons and covers equal those of `reachability`; a witness can be another one. undefined if it takes a complete run:
 * much changed, or an expression is involved whose matches can't be determined.
 */
function updatedReachability(
  before: CachedReach,
  hba: Pick<Hba, 'major' | 'records'>,
  options: ReachabilityOptions,
  names: Names,
): readonly RecordReach[] | undefined {
  if (before.hba.major !== hba.major || !sameOptions(before.options, options)) return undefined;
  if (before.names.opaque || names.opaque) return undefined;
  // Without regular expressions, the result doesn't depend on which name represents the unmentioned ones.
  if ((before.names.hasRegexes || names.hasRegexes) && !names.hasSameUnmentioned(before.names)) return undefined;
  const edit = editOf(before.hba.records, hba.records);
  const affected = edit && affectedBy(edit, before, hba, names);
  if (!affected) return undefined;
  const { records, major } = hba;
  // Each affected record, and every earlier record that may cover part of it.
  const needed = new Set(affected);
  for (const below of affected) {
    const { record } = records[below] as PlacedRecord;
    for (let above = 0; above < below; above++)
      if (!needed.has(above) && mayOverlap(records[above] as PlacedRecord, record)) needed.add(above);
  }
  const chosen = [...needed].sort((a, b) => a - b);
  const subset = { major, records: chosen.map((index) => records[index] as PlacedRecord) };
  const updated = reachabilityAmong(names, subset, options);
  const recomputed = new Map(
    chosen.flatMap((index, at) => (affected.has(index) ? [[index, updated[at] as RecordReach]] : [])),
  );
  const newPlace = newPlaces(before.hba.records, records, edit);
  return records.map((placed, index) => {
    const old = before.reach[index < edit.first ? index : index - edit.shift];
    return recomputed.get(index) ?? moved(old as RecordReach, placed, newPlace);
  });
}

const sameOptions = (a: ReachabilityOptions, b: ReachabilityOptions): boolean =>
  a.ssl === b.ssl && a.gss === b.gss && a.memberships === b.memberships;

/** The records between `first` and `end` are new, and those after them were `shift` places higher in the list. */
interface RecordsEdit {
  readonly first: number;
  readonly end: number;
  readonly shift: number;
  /** The new records, and those of the old list that they replace. */
  readonly changed: readonly PlacedRecord[];
}

/** What is different in the new list; undefined if that is much. */
function editOf(old: readonly PlacedRecord[], records: readonly PlacedRecord[]): RecordsEdit | undefined {
  const most = Math.min(old.length, records.length);
  let first = 0;
  while (first < most && sameRecord(old[first], records[first])) first++;
  let kept = 0;
  while (kept < most - first && sameRecord(old.at(-1 - kept), records.at(-1 - kept))) kept++;
  const end = records.length - kept;
  const changed = [...old.slice(first, old.length - kept), ...records.slice(first, end)];
  return changed.length > MAX_AFFECTED ? undefined : { first, end, shift: records.length - old.length, changed };
}

/** Indexes of the records that an edit can affect; undefined if there are too many. */
function affectedBy(
  { first, end, changed }: RecordsEdit,
  before: CachedReach,
  { major, records }: Pick<Hba, 'major' | 'records'>,
  names: Names,
): ReadonlySet<number> | undefined {
  const affected = new Set<number>();
  const sameNames = names.mentionsSame(before.names);
  for (const [index, { record }] of records.entries()) {
    const isAffected =
      (index >= first && (index < end || changed.some((one) => mayOverlap(one, record)))) ||
      (!sameNames && hasExpression(record, major) && !sameRepresentatives(record, major, before.names, names));
    if (isAffected) affected.add(index);
    if (affected.size > MAX_AFFECTED) return undefined;
  }
  return affected;
}

const hasExpression = ({ databases, users }: HbaRecord, major: number): boolean =>
  [databases, users].some((tokens) => tokens.some(({ text }) => isExpression(text, major)));

/** The names that represent those of a record; with regular expressions, they depend on all names of the file. */
const sameRepresentatives = (record: HbaRecord, major: number, before: Names, names: Names): boolean =>
  representativesOf(record, major, before) === representativesOf(record, major, names);

/** The representatives of a record's fields as text, per file. They are kept for the comparison after the next edit. */
const representatives = new WeakMap<Names, Map<string, string>>();

function representativesOf({ databases, users }: HbaRecord, major: number, names: Names): string {
  const known = representatives.get(names) ?? new Map<string, string>();
  representatives.set(names, known);
  const fields = `${fieldKey(databases)}\0${fieldKey(users)}`;
  const text =
    known.get(fields) ??
    JSON.stringify(
      names
        .databases(databases, major)
        .map((database) => names.users(users, major).map((user) => names.representatives([database], [user]))),
    );
  known.set(fields, text);
  return text;
}

/** A unique key of a field: no name contains NUL. */
const fieldKey = (tokens: readonly Token[]): string =>
  tokens.map(({ text, quoted }) => `${quoted ? '"' : ''}${text}`).join('\0\0');

/** Both records have the same fields and are in the same file. */
export function sameRecord(a: PlacedRecord | undefined, b: PlacedRecord | undefined): boolean {
  if (!a || !b || a.file !== b.file) return false;
  const [one, other] = [a.record, b.record];
  return (
    one.type === other.type &&
    sameTokens(one.databases, other.databases) &&
    sameTokens(one.users, other.users) &&
    sameAddress(one.address, other.address) &&
    sameAction(one, other)
  );
}

const sameTokens = (a: readonly Token[], b: readonly Token[]): boolean =>
  a.length === b.length && a.every(({ text, quoted }, index) => text === b[index]?.text && quoted === b[index]?.quoted);

function sameAddress(a: RecordAddress | null, b: RecordAddress | null): boolean {
  if (a?.kind === 'network' && b?.kind === 'network')
    return a.address.family === b.address.family && a.address.bits === b.address.bits && a.mask.bits === b.mask.bits;
  return a?.kind === 'name' && b?.kind === 'name' ? a.name === b.name : a?.kind === b?.kind;
}

/** False if no connection matches both records; true if one may. */
export function mayOverlap({ record: a }: Pick<PlacedRecord, 'record'>, b: HbaRecord): boolean {
  return (
    fieldsOverlap('databases', a.databases, b.databases) !== 'no' &&
    fieldsOverlap('users', a.users, b.users) !== 'no' &&
    kindsOf[a.type].some((kind) => kindsOf[b.type].includes(kind)) &&
    addressesMayOverlap(a.address, b.address)
  );
}

function addressesMayOverlap(a: RecordAddress | null, b: RecordAddress | null): boolean {
  if (a?.kind !== 'network' || b?.kind !== 'network') return true;
  return (
    a.address.family === b.address.family && ((a.address.bits ^ b.address.bits) & a.mask.bits & b.mask.bits) === 0n
  );
}

/** Maps the place of a record before the edit to its place after the edit. */
function newPlaces(
  old: readonly PlacedRecord[],
  records: readonly PlacedRecord[],
  { first, shift }: RecordsEdit,
): (place: Place) => Place {
  const key = ({ line, file = '' }: Place) => `${line} ${file}`;
  let places: ReadonlyMap<string, Place> | undefined;
  return (place) => {
    places ??= new Map(
      old.flatMap((placed, index) => {
        const now = records[index < first ? index : index + shift];
        return now && now.line !== placed.line ? [[key(placed), placeOf(now)] as const] : [];
      }),
    );
    return places.size === 0 ? place : (places.get(key(place)) ?? place);
  };
}

/** The result for an unchanged record whose line may be another one. */
function moved(reach: RecordReach, { line }: Place, newPlace: (place: Place) => Place): RecordReach {
  if (reach.status !== 'dead') return reach.line === line ? reach : { ...reach, line };
  const { by, differs } = reach;
  return { ...reach, line, by: by.map(newPlace), ...(differs === undefined ? {} : { differs: newPlace(differs) }) };
}
