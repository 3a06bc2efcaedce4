import { isExpression } from '../postgres/hba/expression.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import { fieldsOverlap } from '../postgres/hba/overlap.ts';
import type { HbaRecord, RecordAddress } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';
import { kindsOf } from './axis.ts';
import { type Place, placeOf } from './decide.ts';
import { type ReachabilityOptions, type RecordReach, reachability, sameAction } from './reachability.ts';

/** `reachability` of one file while it is edited: keeps the last result and updates it after each edit. */
export class ReachabilityCache {
  #last: CachedReach | undefined;

  readonly reach = (hba: CachedReach['hba'], options: ReachabilityOptions): readonly RecordReach[] => {
    const reach = this.#last ? updatedReachability(this.#last, hba, options) : reachability(hba, options);
    this.#last = { hba, options, reach };
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
  readonly reach: readonly RecordReach[];
}

/** With more affected records than this, a complete run is faster. */
const MAX_AFFECTED = 64;

/**
 * The reachability of a file after an edit. Recomputes only the records that the edit can affect: changed records, and later
 * records that may share a connection with one. Status, reasons and covers equal those of `reachability`; a witness can be
 * another one. Runs `reachability` on the whole file if much changed or if the file has a regular expression.
 */
function updatedReachability(
  before: CachedReach,
  hba: Pick<Hba, 'major' | 'records'>,
  options: ReachabilityOptions,
): readonly RecordReach[] {
  const affected = sameOptions(before.options, options) ? affectedBy(before.hba, hba) : undefined;
  if (!affected) return reachability(hba, options);
  const { records, major } = hba;
  const { indexes, first, shift } = affected;
  // Each affected record, and every earlier record that may cover part of it.
  const needed = new Set(indexes);
  for (const below of indexes) {
    const { record } = records[below] as PlacedRecord;
    for (let above = 0; above < below; above++)
      if (!needed.has(above) && mayOverlap(records[above] as PlacedRecord, record)) needed.add(above);
  }
  const chosen = [...needed].sort((a, b) => a - b);
  const updated = reachability({ major, records: chosen.map((index) => records[index] as PlacedRecord) }, options);
  const isAffected = new Set(indexes);
  const recomputed = new Map(
    chosen.flatMap((index, at) => (isAffected.has(index) ? [[index, updated[at] as RecordReach]] : [])),
  );
  const newPlace = newPlaces(before.hba.records, records, first, shift);
  return records.map((placed, index) => {
    const old = before.reach[index < first ? index : index - shift];
    return recomputed.get(index) ?? moved(old as RecordReach, placed, newPlace);
  });
}

const sameOptions = (a: ReachabilityOptions, b: ReachabilityOptions): boolean =>
  a.ssl === b.ssl && a.gss === b.gss && a.memberships === b.memberships;

interface Affected {
  /** Indexes of the records to recompute, in file order. */
  readonly indexes: readonly number[];
  /** Index of the first changed record, and how far the unchanged records after the edit move in the list. */
  readonly first: number;
  readonly shift: number;
}

/** The records that an edit can affect; undefined if there are too many, or if it can't be determined record by record. */
function affectedBy(before: Pick<Hba, 'major' | 'records'>, { major, records }: Pick<Hba, 'major' | 'records'>) {
  const old = before.records;
  if (before.major !== major) return undefined;
  let first = 0;
  while (first < Math.min(old.length, records.length) && same(old[first], records[first])) first++;
  let kept = 0;
  while (kept < Math.min(old.length, records.length) - first && same(old.at(-1 - kept), records.at(-1 - kept))) kept++;
  const end = records.length - kept;
  const changed = [...old.slice(first, old.length - kept), ...records.slice(first, end)];
  if (changed.length > MAX_AFFECTED) return undefined;
  // The representative names of a regular expression depend on every name that the file mentions.
  if ([old, records].some((list) => list.some(({ record }) => hasExpression(record, major)))) return undefined;
  const indexes = records.slice(first, end).map((_, index) => first + index);
  for (let index = end; index < records.length; index++) {
    const { record } = records[index] as PlacedRecord;
    if (changed.some((one) => mayOverlap(one, record))) indexes.push(index);
    if (indexes.length > MAX_AFFECTED) return undefined;
  }
  return { indexes, first, shift: records.length - old.length } satisfies Affected;
}

const hasExpression = ({ databases, users }: HbaRecord, major: number): boolean =>
  [databases, users].some((tokens) => tokens.some(({ text }) => isExpression(text, major)));

/** Both records have the same fields and are in the same file. */
function same(a: PlacedRecord | undefined, b: PlacedRecord | undefined): boolean {
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
  first: number,
  shift: number,
): (place: Place) => Place {
  const key = ({ line, file = '' }: Place) => `${line} ${file}`;
  let places: ReadonlyMap<string, Place> | undefined;
  return (place) => {
    places ??= new Map(
      old.flatMap((placed, index) => {
        const now = records[index < first ? index : index + shift];
        return now ? [[key(placed), placeOf(now)] as const] : [];
      }),
    );
    return places.get(key(place)) ?? place;
  };
}

/** The result for an unchanged record whose line may be another one. */
function moved(reach: RecordReach, { line }: Place, newPlace: (place: Place) => Place): RecordReach {
  if (reach.status !== 'dead') return reach.line === line ? reach : { ...reach, line };
  const { by, differs } = reach;
  return { ...reach, line, by: by.map(newPlace), ...(differs === undefined ? {} : { differs: newPlace(differs) }) };
}
