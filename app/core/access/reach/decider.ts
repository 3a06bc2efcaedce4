import type { Hba, PlacedRecord } from '../../postgres/hba/hba.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import { type Connection, skipsOf } from '../decide.ts';
import { type Axis, axisOf } from './axis.ts';
import { Cover, type Span } from './cover.ts';
import { gaps, regionOf } from './ledger.ts';
import { Names } from './names.ts';

/**
 * Finds the record that `decide` names, for many connections to one file: what takes time is done once, and an answer does
 * not depend on how long the file is. undefined where no record matches. Why the others do not match, `decide` says.
 */
export function decider(hba: Hba): (connection: Connection) => PlacedRecord | undefined {
  const records = hba.records.map(({ record }) => record);
  const slowly = (connection: Connection) => hba.records[skipsOf(hba.records, connection, hba.major).length];
  // Masks with holes are no spans of addresses.
  if (records.some(({ address }) => address?.kind === 'network' && networkOf(address) === undefined)) return slowly;
  const names = new Names([hba]);
  const axis = axisOf(records);
  const rows = rowsOf(hba, names, axis);
  const ofDatabase = remembered((name) => names.ofDatabase(name).flatMap((key) => rows.get(key) ?? []));
  const ofUser = remembered((name) => names.ofUser(name));
  const [replication, sameuser, samerole] = [names.replication, names.sameuser, names.samerole].map((key) =>
    rows.get(key),
  );
  return (connection) => {
    const { database, user, roles, hostname } = connection;
    const cell = axis.cellAt(connection.transport === 'local' ? 'local' : connection.encryption, connection.address);
    // An address that is none still meets records for all addresses.
    if (cell < 0) return slowly(connection);
    const words = hostname === undefined ? [] : hostWords(hostname.toLowerCase());
    const users = ofUser(user);
    let first = records.length;
    const look = (row: Row | undefined) => {
      if (!row) return;
      for (const key of users) first = firstOf(row.get(key), cell, words, first);
      for (const role of roles) first = firstOf(row.get(names.ofGroup(role) ?? -1), cell, words, first);
    };
    if (connection.replication) look(replication);
    else {
      for (const row of ofDatabase(database)) look(row);
      if (database === user) look(sameuser);
      if (database === user || roles.includes(database)) look(samerole);
    }
    return hba.records[first];
  };
}

/** What records with one database token have taken, by the user token. */
type Row = ReadonlyMap<number, Bucket>;

function rowsOf(hba: Hba, names: Names, axis: Axis): ReadonlyMap<number, Row> {
  const rows = new Map<number, Map<number, Bucket>>();
  for (const [index, { record }] of hba.records.entries()) {
    const { databases, users, spans, host } = regionOf(record, hba.major, axis, names);
    for (const { key } of databases) {
      const row = rows.get(key) ?? new Map<number, Bucket>();
      rows.set(key, row);
      for (const user of users) {
        const bucket = row.get(user.key) ?? { table: new Table(), hosts: new Map() };
        row.set(user.key, bucket);
        const table = host === undefined ? bucket.table : (bucket.hosts.get(host) ?? new Table());
        if (host !== undefined) bucket.hosts.set(host, table);
        table.add(spans, index);
      }
    }
  }
  return rows;
}

/** The first record of a bucket that takes the cell, if it stands before the best so far. */
function firstOf(bucket: Bucket | undefined, cell: number, words: readonly string[], best: number): number {
  if (!bucket) return best;
  let first = Math.min(best, bucket.table.at(cell));
  if (bucket.hosts.size > 0)
    for (const word of words) first = Math.min(first, bucket.hosts.get(word)?.at(cell) ?? first);
  return first;
}

/** Names that are asked for again and again; forgotten before there are too many. */
function remembered<T>(find: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      if (known.size > 10_000) known.clear();
      found = find(name);
      known.set(name, found);
    }
    return found;
  };
}

interface Bucket {
  readonly table: Table;
  readonly hosts: Map<string, Table>;
}

/** A host name, and each of its suffixes with their dot. */
const hostWords = (name: string): string[] => [
  name,
  ...[...name.matchAll(/\./g)].map(({ index }) => name.slice(index)),
];

/** For each cell the first of some records that takes it. */
class Table {
  readonly #cover = new Cover();
  readonly #pieces: (Span & { readonly record: number })[] = [];
  #sorted = true;

  /** Records are added in file order. */
  add(spans: readonly Span[], record: number): void {
    for (const gap of gaps([this.#cover], spans)) this.#pieces.push({ ...gap, record });
    for (const span of spans) this.#cover.add(span);
    this.#sorted = false;
  }

  /** The first record that takes the cell; infinity where none does. */
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
