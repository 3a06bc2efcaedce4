import type { Hba, PlacedRecord } from '../../postgres/hba/hba.ts';
import type { HbaRecord, RecordAddress } from '../../postgres/hba/record.ts';
import type { Token } from '../../postgres/hba/token.ts';
import { type Place, placeOf } from '../decide.ts';
import { kindsOf } from './axis.ts';
import { type ReachabilityOptions, type RecordReach, reachability, sameAction } from './reachability.ts';

/** `reachability` of one file as it is edited: the answer of before is kept for the next. */
export class ReachMemory {
  #known: KnownReach | undefined;

  readonly reach = (hba: KnownReach['hba'], options: ReachabilityOptions): readonly RecordReach[] => {
    const reach = this.#known ? reachabilityAgain(this.#known, hba, options) : reachability(hba, options);
    this.#known = { hba, options, reach };
    return reach;
  };

  /** The last answer. */
  get last(): readonly RecordReach[] {
    return this.#known?.reach ?? [];
  }
}

/** A file, and what `reachability` says of it with these options. */
interface KnownReach {
  readonly hba: Pick<Hba, 'major' | 'records'>;
  readonly options: ReachabilityOptions;
  readonly reach: readonly RecordReach[];
}

/** More records than this are not worth looking at one by one. */
const FEW = 64;

/**
 * What `reachability` says of a file after an edit, found out anew for those records alone that the edit may concern: the
 * ones that are new, and the ones below that share a connection with one that changed. Status, reasons and covers are those
 * of `reachability`; a witness may be another one. Where much changed, or an expression is in the file, all is found out anew.
 */
function reachabilityAgain(
  before: KnownReach,
  hba: Pick<Hba, 'major' | 'records'>,
  options: ReachabilityOptions,
): readonly RecordReach[] {
  const concerned = sameOptions(before.options, options) ? concernedBy(before.hba, hba) : undefined;
  if (!concerned) return reachability(hba, options);
  const { records, major } = hba;
  const { anew, first, shift } = concerned;
  const needed = new Set(anew);
  for (const below of anew) {
    const { record } = records[below] as PlacedRecord;
    for (let above = 0; above < below; above++)
      if (!needed.has(above) && meet(records[above] as PlacedRecord, record)) needed.add(above);
  }
  const chosen = [...needed].sort((a, b) => a - b);
  const found = reachability({ major, records: chosen.map((index) => records[index] as PlacedRecord) }, options);
  const isNew = new Set(anew);
  const fresh = new Map(chosen.flatMap((index, at) => (isNew.has(index) ? [[index, found[at] as RecordReach]] : [])));
  const now = placesNow(before.hba.records, records, first, shift);
  return records.map((placed, index) => {
    const old = before.reach[index < first ? index : index - shift];
    return fresh.get(index) ?? moved(old as RecordReach, placed, now);
  });
}

const sameOptions = (a: ReachabilityOptions, b: ReachabilityOptions): boolean =>
  a.ssl === b.ssl && a.gss === b.gss && a.memberships === b.memberships;

interface Concerned {
  /** Indexes of the records to look at anew, in order. */
  readonly anew: readonly number[];
  /** The first record that changed, and how much later than before the records below it stand in the list. */
  readonly first: number;
  readonly shift: number;
}

/** What an edit may concern; undefined where that is too much, or cannot be told record by record. */
function concernedBy(before: Pick<Hba, 'major' | 'records'>, { major, records }: Pick<Hba, 'major' | 'records'>) {
  const old = before.records;
  if (before.major !== major) return undefined;
  let first = 0;
  while (first < Math.min(old.length, records.length) && same(old[first], records[first])) first++;
  let kept = 0;
  while (kept < Math.min(old.length, records.length) - first && same(old.at(-1 - kept), records.at(-1 - kept))) kept++;
  const end = records.length - kept;
  const changed = [...old.slice(first, old.length - kept), ...records.slice(first, end)];
  if (changed.length > FEW) return undefined;
  // Which names stand for an expression depends on every name that the file mentions.
  if (major >= 16 && [old, records].some((list) => list.some(({ record }) => hasExpression(record)))) return undefined;
  const anew = records.slice(first, end).map((_, index) => first + index);
  for (let index = end; index < records.length; index++) {
    const { record } = records[index] as PlacedRecord;
    if (changed.some((one) => meet(one, record))) anew.push(index);
    if (anew.length > FEW) return undefined;
  }
  return { anew, first, shift: records.length - old.length } satisfies Concerned;
}

const hasExpression = ({ databases, users }: HbaRecord): boolean =>
  databases.some(isExpression) || users.some(isExpression);
const isExpression = ({ text }: Token): boolean => text.startsWith('/');

/** Both say the same, in the same file. */
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

/** False where no connection is matched by both; true where one may be. */
function meet({ record: a }: Pick<PlacedRecord, 'record'>, b: HbaRecord): boolean {
  return (
    tokensMeet(a.databases, b.databases) &&
    tokensMeet(a.users, b.users) &&
    kindsOf[a.type].some((kind) => kindsOf[b.type].includes(kind)) &&
    addressesMeet(a.address, b.address)
  );
}

/** Words that stand for more than their own name, whatever the field. */
const words: ReadonlySet<string> = new Set(['all', 'sameuser', 'samerole', 'samegroup', 'replication']);
const isWide = ({ text, quoted }: Token): boolean => !quoted && (words.has(text) || text.startsWith('+'));

function tokensMeet(a: readonly Token[], b: readonly Token[]): boolean {
  return a.some((one) => b.some((other) => one.text === other.text || isWide(one) || isWide(other)));
}

function addressesMeet(a: RecordAddress | null, b: RecordAddress | null): boolean {
  if (a?.kind !== 'network' || b?.kind !== 'network') return true;
  return (
    a.address.family === b.address.family && ((a.address.bits ^ b.address.bits) & a.mask.bits & b.mask.bits) === 0n
  );
}

/** Where a record of before stands now. */
function placesNow(
  old: readonly PlacedRecord[],
  records: readonly PlacedRecord[],
  first: number,
  shift: number,
): (place: Place) => Place {
  const key = ({ line, file = '' }: Place) => `${line} ${file}`;
  let known: ReadonlyMap<string, Place> | undefined;
  return (place) => {
    known ??= new Map(
      old.flatMap((placed, index) => {
        const now = records[index < first ? index : index + shift];
        return now ? [[key(placed), placeOf(now)] as const] : [];
      }),
    );
    return known.get(key(place)) ?? place;
  };
}

/** The same of a record that only stands elsewhere. */
function moved(reach: RecordReach, { line }: Place, now: (place: Place) => Place): RecordReach {
  if (reach.status !== 'dead') return reach.line === line ? reach : { ...reach, line };
  const { by, differs } = reach;
  return { ...reach, line, by: by.map(now), ...(differs === undefined ? {} : { differs: now(differs) }) };
}
