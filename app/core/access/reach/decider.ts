import type { Hba } from '../../postgres/hba/hba.ts';
import { networkOf } from '../../postgres/hba/network.ts';
import { type Connection, type Decision, decide, outcomeOf, skipsOf } from '../decide.ts';
import { axisOf } from './axis.ts';
import { Cover, type Span } from './cover.ts';
import { gaps, regionOf } from './ledger.ts';
import { Names } from './names.ts';

/**
 * `decide` for many connections to one file: what takes time is done once, and an answer does not depend on how long the
 * file is. `skipped` is found out when it is read.
 */
export function decider(hba: Hba): (connection: Connection) => Decision {
  const records = hba.records.map(({ record }) => record);
  // Masks with holes are no spans of addresses.
  if (records.some(({ address }) => address?.kind === 'network' && networkOf(address) === undefined))
    return (connection) => decide(hba, connection);
  const names = new Names([hba]);
  const axis = axisOf(records);
  const buckets = new Map<number, Map<number, Bucket>>();
  for (const [index, record] of records.entries()) {
    const { databases, users, spans, host } = regionOf(record, hba.major, axis, names);
    for (const { key } of databases) {
      const row = buckets.get(key) ?? new Map<number, Bucket>();
      buckets.set(key, row);
      for (const user of users) {
        const bucket = row.get(user.key) ?? { table: new Table(), hosts: new Map() };
        row.set(user.key, bucket);
        if (host === undefined) bucket.table.add(spans, index);
        else {
          const table = bucket.hosts.get(host) ?? new Table();
          bucket.hosts.set(host, table);
          table.add(spans, index);
        }
      }
    }
  }
  return (connection) => {
    const cell = axis.cellAt(connection.transport === 'local' ? 'local' : connection.encryption, connection.address);
    // An address that is none still meets records for all addresses.
    if (cell < 0) return decide(hba, connection);
    const matching = names.matching(connection);
    const suffixes = connection.hostname === undefined ? [] : hostWords(connection.hostname.toLowerCase());
    let first = records.length;
    for (const database of matching.databases) {
      const row = buckets.get(database);
      if (!row) continue;
      for (const user of matching.users) {
        const bucket = row.get(user);
        if (!bucket) continue;
        first = Math.min(first, bucket.table.at(cell));
        if (bucket.hosts.size === 0) continue;
        for (const word of suffixes) first = Math.min(first, bucket.hosts.get(word)?.at(cell) ?? first);
      }
    }
    const outcome = outcomeOf(hba.records[first], connection, hba.major);
    return {
      ...outcome,
      get skipped() {
        return skipsOf(hba.records.slice(0, first), connection, hba.major);
      },
    };
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
