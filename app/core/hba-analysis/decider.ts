import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import { networkOf } from '../postgres/hba/network.ts';
import { type Axis, axisOf } from './axis.ts';
import { gaps, regionOf } from './coverage-index.ts';
import { type Connection, skipsOf } from './decide.ts';
import { type Interval, IntervalSet } from './interval-set.ts';
import { Names } from './names.ts';

/**
 * Returns a function that finds the record which `decide` finds, for many connections to one file. It builds an index once;
 * the time for a connection then doesn't grow with the length of the file. The function returns undefined if no record
 * matches, and doesn't report why records were skipped.
 */
export function decider(hba: Hba): (connection: Connection) => PlacedRecord | undefined {
  const records = hba.records.map(({ record }) => record);
  const linearScan = (connection: Connection) => hba.records[skipsOf(hba.records, connection, hba.major).length];
  // A netmask that isn't a prefix length isn't one range of addresses.
  if (records.some(({ address }) => address?.kind === 'network' && networkOf(address) === undefined)) return linearScan;
  const names = new Names([hba]);
  const axis = axisOf(records);
  const rows = rowsOf(hba, names, axis);
  const ofDatabase = cached((name) => names.ofDatabase(name).flatMap((key) => rows.get(key) ?? []));
  const ofUser = cached((name) => names.ofUser(name));
  const [replication, sameuser, samerole] = [names.replication, names.sameuser, names.samerole].map((key) =>
    rows.get(key),
  );
  return (connection) => {
    const { database, user, roles, hostname } = connection;
    const cell = axis.cellAt(connection.transport === 'local' ? 'local' : connection.encryption, connection.address);
    // A text that isn't an IP address still matches records with the address `all`.
    if (cell < 0) return linearScan(connection);
    const hosts = hostname === undefined ? [] : nameAndSuffixes(hostname.toLowerCase());
    const users = ofUser(user);
    let first = records.length;
    const searchRow = (row: Row | undefined) => {
      if (!row) return;
      for (const key of users) first = firstOf(row.get(key), cell, hosts, first);
      for (const role of roles) first = firstOf(row.get(names.ofGroup(role) ?? -1), cell, hosts, first);
    };
    if (connection.replication) searchRow(replication);
    else {
      for (const row of ofDatabase(database)) searchRow(row);
      if (database === user) searchRow(sameuser);
      if (database === user || roles.includes(database)) searchRow(samerole);
    }
    return hba.records[first];
  };
}

/** The records with one database token, by the key of the user token. */
type Row = ReadonlyMap<number, Bucket>;

function rowsOf(hba: Hba, names: Names, axis: Axis): ReadonlyMap<number, Row> {
  const rows = new Map<number, Map<number, Bucket>>();
  for (const [index, { record }] of hba.records.entries()) {
    const { databases, users, intervals, host } = regionOf(record, hba.major, axis, names);
    for (const { key } of databases) {
      const row = rows.get(key) ?? new Map<number, Bucket>();
      rows.set(key, row);
      for (const user of users) {
        const bucket = row.get(user.key) ?? { table: new FirstMatchTable(), hosts: new Map() };
        row.set(user.key, bucket);
        const table = host === undefined ? bucket.table : (bucket.hosts.get(host) ?? new FirstMatchTable());
        if (host !== undefined) bucket.hosts.set(host, table);
        table.add(intervals, index);
      }
    }
  }
  return rows;
}

/** The smaller of `best` and the index of the first record of a bucket that matches the cell and one of the host names. */
function firstOf(bucket: Bucket | undefined, cell: number, hosts: readonly string[], best: number): number {
  if (!bucket) return best;
  let first = Math.min(best, bucket.table.at(cell));
  if (bucket.hosts.size > 0)
    for (const host of hosts) first = Math.min(first, bucket.hosts.get(host)?.at(cell) ?? first);
  return first;
}

/** Caches the results for names. Empties the cache when it reaches its limit. */
function cached<T>(find: (name: string) => T): (name: string) => T {
  const cache = new Map<string, T>();
  return (name) => {
    let result = cache.get(name);
    if (result === undefined) {
      if (cache.size > 10_000) cache.clear();
      result = find(name);
      cache.set(name, result);
    }
    return result;
  };
}

interface Bucket {
  readonly table: FirstMatchTable;
  readonly hosts: Map<string, FirstMatchTable>;
}

/** A host name, and each of its suffixes with the leading dot. */
const nameAndSuffixes = (name: string): string[] => [
  name,
  ...[...name.matchAll(/\./g)].map(({ index }) => name.slice(index)),
];

/** The first matching record of each cell. */
class FirstMatchTable {
  readonly #cover = new IntervalSet();
  readonly #pieces: (Interval & { readonly record: number })[] = [];
  #sorted = true;

  /** Records are added in file order. */
  add(intervals: readonly Interval[], record: number): void {
    for (const gap of gaps([this.#cover], intervals)) this.#pieces.push({ ...gap, record });
    for (const interval of intervals) this.#cover.add(interval);
    this.#sorted = false;
  }

  /** Index of the first record that matches the cell; infinity if none does. */
  at(cell: number): number {
    if (!this.#sorted) this.#pieces.sort((a, b) => a.from - b.from);
    this.#sorted = true;
    let [low, high] = [0, this.#pieces.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#pieces[middle]?.to ?? 0) <= cell) low = middle + 1;
      else high = middle;
    }
    const piece = this.#pieces[low];
    return piece && piece.from <= cell ? piece.record : Number.POSITIVE_INFINITY;
  }
}
