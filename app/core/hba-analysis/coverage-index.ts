import type { HbaRecord } from '../postgres/hba/record.ts';
import type { Axis } from './axis.ts';
import { type Interval, IntervalSet } from './interval-set.ts';
import type { Matching, Names, NameToken } from './names.ts';

/** What a record matches: cells of the axis, name tokens and a host name. */
export interface Region {
  readonly record: HbaRecord;
  readonly databases: readonly NameToken[];
  readonly users: readonly NameToken[];
  /** Sorted; they neither overlap nor touch. */
  readonly intervals: readonly Interval[];
  /** The record's host name in lower case, or its suffix with the leading dot. */
  readonly host?: string;
  /**
   * Present if the record also matches addresses that are not on the axis: the server's own addresses, which no file
   * contains, or those of a netmask with more ranges than `axis.ts` splits.
   */
  readonly offAxis?: OffAxis;
}

interface OffAxis {
  /** `samehost`, `samenet`, or the network and its netmask. */
  readonly keyword: string;
  /** All cells of the record's kinds of connection. */
  readonly kinds: readonly Interval[];
}

/** Every address that the keyword `inner` matches, the keyword `outer` matches too. */
export const offAxisCovers = (outer: OffAxis['keyword'], inner: OffAxis['keyword']): boolean =>
  outer === inner || (outer === 'samenet' && inner === 'samehost');

/** Every host name that `inner` matches, `outer` matches too. */
export const hostCovers = (outer: string, inner: string | undefined): boolean =>
  inner !== undefined && (outer.startsWith('.') ? inner.endsWith(outer) : inner === outer);

export function regionOf(record: HbaRecord, major: number, axis: Axis, names: Names): Region {
  const { address } = record;
  const region = {
    record,
    databases: names.databases(record.databases, major),
    users: names.users(record.users, major),
    intervals: axis.intervals(record),
  };
  if (address?.kind === 'name') return { ...region, host: address.name.toLowerCase() };
  const keyword =
    address?.kind === 'samehost' || address?.kind === 'samenet'
      ? address.kind
      : address?.kind === 'network' && region.intervals.length === 0
        ? `${address.address.family} ${address.address.bits & address.mask.bits} ${address.mask.bits}`
        : undefined;
  if (keyword === undefined) return region;
  return { ...region, offAxis: { keyword, kinds: axis.intervals({ type: record.type, address: { kind: 'all' } }) } };
}

/** The cells that the records with one database token and one user token cover. Few records have a host name or are off the axis. */
interface Bucket {
  readonly cover: IntervalSet;
  /** Covered cells by host name or suffix. */
  hosts?: Map<string, IntervalSet>;
  /** Covered cells by the keyword of addresses that are off the axis. */
  offAxis?: Map<OffAxis['keyword'], IntervalSet>;
  /** Indexes of the records, in file order. */
  readonly members: number[];
}

/** A record with more pairs of tokens than this gets one bucket of its own instead of one entry per pair. */
const MAX_PAIRS = 4096;

/** What the records added so far cover, indexed by name tokens: finds uncovered cells without a scan of the records. */
export class CoverageIndex {
  readonly #buckets = new Map<number, Map<number, Bucket>>();
  readonly #wide: {
    readonly databases: ReadonlySet<number>;
    readonly users: ReadonlySet<number>;
    readonly bucket: Bucket;
  }[] = [];

  /** Adds the region of a record. Records are added in file order; `member` is the record's index. */
  add(region: Region, member: number): void {
    const { databases, users } = region;
    if (databases.length * users.length > MAX_PAIRS) {
      const keys = (nameTokens: readonly NameToken[]) => new Set(nameTokens.map(({ key }) => key));
      this.#wide.push({ databases: keys(databases), users: keys(users), bucket: bucketOf(region, member) });
      return;
    }
    for (const database of databases) {
      const row = entry(this.#buckets, database.key, () => new Map<number, Bucket>());
      for (const { key } of users) {
        const bucket = row.get(key);
        if (bucket) addToBucket(bucket, region, member);
        else row.set(key, bucketOf(region, member));
      }
    }
  }

  /** The buckets whose records match a point with these keys. */
  buckets({ databases, users }: Matching): Bucket[] {
    const result: Bucket[] = [];
    for (const database of databases) {
      const row = this.#buckets.get(database);
      if (!row) continue;
      for (const user of users) {
        const bucket = row.get(user);
        if (bucket) result.push(bucket);
      }
    }
    for (const { databases: ofDatabase, users: ofUser, bucket } of this.#wide)
      if (databases.some((key) => ofDatabase.has(key)) && users.some((key) => ofUser.has(key))) result.push(bucket);
    return result;
  }
}

/** Most pairs of tokens occur in one record only, so its bucket is created with that record's intervals. */
function bucketOf(region: Region, member: number): Bucket {
  if (region.host === undefined && !region.offAxis)
    return { cover: new IntervalSet(region.intervals), members: [member] };
  const bucket: Bucket = { cover: new IntervalSet(), members: [] };
  addToBucket(bucket, region, member);
  return bucket;
}

function addToBucket(bucket: Bucket, region: Region, member: number): void {
  bucket.members.push(member);
  if (region.host !== undefined) {
    bucket.hosts ??= new Map();
    addAll(entry(bucket.hosts, region.host, newIntervalSet), region.intervals);
    return;
  }
  addAll(bucket.cover, region.intervals);
  if (!region.offAxis) return;
  bucket.offAxis ??= new Map();
  addAll(entry(bucket.offAxis, region.offAxis.keyword, newIntervalSet), region.offAxis.kinds);
}

function addAll(cover: IntervalSet, intervals: readonly Interval[]): void {
  for (const interval of intervals) cover.add(interval);
}

const newIntervalSet = () => new IntervalSet();

/** The value of a key; creates it if the key is missing. */
function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const created = make();
  map.set(key, created);
  return created;
}

/** The interval sets that apply to a connection from a host with this name, or with no known name. */
export function coversFor(buckets: readonly Bucket[], hostname: string | undefined): IntervalSet[] {
  const result = buckets.map(({ cover }) => cover);
  if (hostname === undefined) return result;
  const suffixes = [...hostname.matchAll(/\./g)].map(({ index }) => hostname.slice(index));
  for (const { hosts } of buckets) {
    if (!hosts) continue;
    for (const name of [hostname, ...suffixes]) {
      const cover = hosts.get(name);
      if (cover) result.push(cover);
    }
  }
  return result;
}

/** The first part of these intervals that none of the sets covers. */
export function firstGap(covers: readonly IntervalSet[], intervals: readonly Interval[]): Interval | undefined {
  for (const { from, to } of intervals) {
    for (let cell = from; cell < to; ) {
      const past = furthestEnd(covers, cell);
      if (past === cell) return { from: cell, to: Math.min(to, nextCovered(covers, cell)) };
      cell = past;
    }
  }
  return undefined;
}

/** Every part of these intervals that none of the sets covers. */
export function gaps(covers: readonly IntervalSet[], intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const { from, to } of intervals) {
    for (let cell = from; cell < to; ) {
      const past = furthestEnd(covers, cell);
      if (past > cell) {
        cell = past;
        continue;
      }
      const end = Math.min(to, nextCovered(covers, cell));
      result.push({ from: cell, to: end });
      cell = end;
    }
  }
  return result;
}

/** The largest end among the intervals that contain this cell; the cell itself if none does. */
function furthestEnd(covers: readonly IntervalSet[], cell: number): number {
  let past = cell;
  for (const cover of covers) past = Math.max(past, cover.past(cell));
  return past;
}

/** The first covered cell that is this one or a later one. */
function nextCovered(covers: readonly IntervalSet[], cell: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const cover of covers) next = Math.min(next, cover.next(cell));
  return next;
}

/** Some address that is off the axis may be covered by none of the buckets. */
export function offAxisMayBeUncovered(buckets: readonly Bucket[], { keyword, kinds }: OffAxis): boolean {
  const covers = buckets.flatMap(({ cover, offAxis }) => [
    cover,
    ...[...(offAxis ?? [])].flatMap(([outer, cells]) => (offAxisCovers(outer, keyword) ? [cells] : [])),
  ]);
  return firstGap(covers, kinds) !== undefined;
}
