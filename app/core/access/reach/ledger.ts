import type { HbaRecord } from '../../postgres/hba/record.ts';
import type { Axis } from './axis.ts';
import { Cover, type Span } from './cover.ts';
import type { Atom, Matching, Names } from './names.ts';

/** A record taken apart: what it matches, as cells, tokens and a host name. */
export interface Region {
  readonly record: HbaRecord;
  readonly databases: readonly Atom[];
  readonly users: readonly Atom[];
  /** In order; none touches the next. */
  readonly spans: readonly Span[];
  /** Lower-case host name, or suffix with its dot, which the record asks for. */
  readonly host?: string;
  /**
   * It also matches addresses that the axis does not count: those of the server, which no file tells, or of a mask with too
   * many holes. `kinds` are all cells of its kinds of connection.
   */
  readonly own?: Own;
}

interface Own {
  /** `samehost`, `samenet`, or the network and its mask. */
  readonly keyword: string;
  readonly kinds: readonly Span[];
}

/** Whatever `inner` matches of the server's own addresses, `outer` matches too. */
export const ownWithin = (outer: Own['keyword'], inner: Own['keyword']): boolean =>
  outer === inner || (outer === 'samenet' && inner === 'samehost');

/** Every host that `inner` names is one that `outer` names. */
export const hostCovers = (outer: string, inner: string | undefined): boolean =>
  inner !== undefined && (outer.startsWith('.') ? inner.endsWith(outer) : inner === outer);

export function regionOf(record: HbaRecord, major: number, axis: Axis, names: Names): Region {
  const { address } = record;
  const region = {
    record,
    databases: names.databases(record.databases, major),
    users: names.users(record.users, major),
    spans: axis.spans(record),
  };
  if (address?.kind === 'name') return { ...region, host: address.name.toLowerCase() };
  const keyword =
    address?.kind === 'samehost' || address?.kind === 'samenet'
      ? address.kind
      : address?.kind === 'network' && region.spans.length === 0
        ? `${address.address.bits & address.mask.bits} ${address.mask.bits}`
        : undefined;
  if (keyword === undefined) return region;
  return { ...region, own: { keyword, kinds: axis.spans({ type: record.type, address: { kind: 'all' } }) } };
}

/** What records with one database token and one user token have taken. Few have host names or addresses of their own. */
interface Bucket {
  readonly cover: Cover;
  /** Host names and suffixes, with the cells for which they count. */
  hosts?: Map<string, Cover>;
  own?: Map<Own['keyword'], Cover>;
  /** The records, as numbers in the order in which they were added. */
  readonly members: number[];
}

/** Pairs of tokens that one record may have before it is kept in one piece. */
const PAIRS = 4096;

/** The records so far, in such a way that what they leave free is found without going through them. */
export class Ledger {
  readonly #buckets = new Map<number, Map<number, Bucket>>();
  readonly #wide: {
    readonly databases: ReadonlySet<number>;
    readonly users: ReadonlySet<number>;
    readonly bucket: Bucket;
  }[] = [];

  /** Takes what a record matches. Records are added in file order; `member` is the number of the record. */
  add(region: Region, member: number): void {
    const { databases, users } = region;
    if (databases.length * users.length > PAIRS) {
      const keys = (atoms: readonly Atom[]) => new Set(atoms.map(({ key }) => key));
      this.#wide.push({ databases: keys(databases), users: keys(users), bucket: bucketOf(region, member) });
      return;
    }
    for (const database of databases) {
      const row = entry(this.#buckets, database.key, () => new Map<number, Bucket>());
      for (const { key } of users) {
        const bucket = row.get(key);
        if (bucket) enter(bucket, region, member);
        else row.set(key, bucketOf(region, member));
      }
    }
  }

  /** The buckets whose records match these names. */
  buckets({ databases, users }: Matching): Bucket[] {
    const found: Bucket[] = [];
    for (const database of databases) {
      const row = this.#buckets.get(database);
      if (!row) continue;
      for (const user of users) {
        const bucket = row.get(user);
        if (bucket) found.push(bucket);
      }
    }
    for (const { databases: ofDatabase, users: ofUser, bucket } of this.#wide)
      if (databases.some((key) => ofDatabase.has(key)) && users.some((key) => ofUser.has(key))) found.push(bucket);
    return found;
  }
}

/** Most pairs of tokens are those of one record, so its bucket is made without room for more. */
function bucketOf(region: Region, member: number): Bucket {
  if (region.host === undefined && !region.own) return { cover: new Cover(region.spans), members: [member] };
  const bucket: Bucket = { cover: new Cover(), members: [] };
  enter(bucket, region, member);
  return bucket;
}

function enter(bucket: Bucket, region: Region, member: number): void {
  bucket.members.push(member);
  if (region.host !== undefined) {
    bucket.hosts ??= new Map();
    addAll(entry(bucket.hosts, region.host, newCover), region.spans);
    return;
  }
  addAll(bucket.cover, region.spans);
  if (!region.own) return;
  bucket.own ??= new Map();
  addAll(entry(bucket.own, region.own.keyword, newCover), region.own.kinds);
}

function addAll(cover: Cover, spans: readonly Span[]): void {
  for (const span of spans) cover.add(span);
}

const newCover = () => new Cover();

/** The value of a key, made where there is none yet. */
function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The covers that count for a connection from a host of this name, or of none. */
export function coversFor(buckets: readonly Bucket[], hostname: string | undefined): Cover[] {
  const found = buckets.map(({ cover }) => cover);
  if (hostname === undefined) return found;
  const dots = [...hostname.matchAll(/\./g)].map(({ index }) => hostname.slice(index));
  for (const { hosts } of buckets) {
    if (!hosts) continue;
    for (const name of [hostname, ...dots]) {
      const cover = hosts.get(name);
      if (cover) found.push(cover);
    }
  }
  return found;
}

/** The first stretch of these spans that no cover holds. */
export function firstGap(covers: readonly Cover[], spans: readonly Span[]): Span | undefined {
  for (const { from, to } of spans) {
    for (let cell = from; cell < to; ) {
      const past = furthest(covers, cell);
      if (past === cell) return { from: cell, to: Math.min(to, nearest(covers, cell)) };
      cell = past;
    }
  }
  return undefined;
}

/** Every stretch of these spans that no cover holds. */
export function gaps(covers: readonly Cover[], spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const { from, to } of spans) {
    for (let cell = from; cell < to; ) {
      const past = furthest(covers, cell);
      if (past > cell) {
        cell = past;
        continue;
      }
      const end = Math.min(to, nearest(covers, cell));
      found.push({ from: cell, to: end });
      cell = end;
    }
  }
  return found;
}

function furthest(covers: readonly Cover[], cell: number): number {
  let past = cell;
  for (const cover of covers) past = Math.max(past, cover.past(cell));
  return past;
}

function nearest(covers: readonly Cover[], cell: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const cover of covers) next = Math.min(next, cover.next(cell));
  return next;
}

/** Some address of the server that no file tells may be left by all of the buckets. */
export function ownMayBeFree(buckets: readonly Bucket[], { keyword, kinds }: Own): boolean {
  const covers = buckets.flatMap(({ cover, own }) => [
    cover,
    ...[...(own ?? [])].flatMap(([outer, known]) => (ownWithin(outer, keyword) ? [known] : [])),
  ]);
  return firstGap(covers, kinds) !== undefined;
}
