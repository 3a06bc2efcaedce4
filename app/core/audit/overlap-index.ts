import { kindsOf } from '../hba-analysis/axis.ts';
import { lowerBound } from '../hba-analysis/interval-set.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import { fieldsOverlap } from '../postgres/hba/overlap.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';

/** Both records match some kind of connection, some database and some user. Compares tokens only, so false proves nothing. */
const overlap = (a: HbaRecord, b: HbaRecord): boolean =>
  kindsOf[a.type].some((kind) => kindsOf[b.type].includes(kind)) &&
  fieldsOverlap('databases', a.databases, b.databases) === 'yes' &&
  fieldsOverlap('users', a.users, b.users) === 'yes';

const isAll = ({ text, quoted }: Token) => text === 'all' && !quoted;

/** Number of records above a record that are compared with it, so that long files stay fast. */
export const MAX_DISTANCE = 200;

/** Index of the records of a file by user token: finds overlapping records without a scan of the file. */
export class OverlapIndex {
  readonly #records: readonly PlacedRecord[];
  readonly #byUser = new Map<string, number[]>();

  constructor({ records }: Pick<Hba, 'records'>) {
    this.#records = records;
    for (const [index, { record }] of records.entries()) {
      for (const { text } of record.users) {
        const named = this.#byUser.get(text);
        if (named) named.push(index);
        else this.#byUser.set(text, [index]);
      }
    }
  }

  /** The first of the `MAX_DISTANCE` records above a record that overlaps it and satisfies the condition. */
  above(below: number, condition: (placed: PlacedRecord) => boolean): PlacedRecord | undefined {
    const record = this.#records[below]?.record;
    if (!record) return undefined;
    for (const index of this.#candidates(record, below)) {
      const placed = this.#records[index];
      if (placed && overlap(placed.record, record) && condition(placed)) return placed;
    }
    return undefined;
  }

  /** Indexes of the records above that have a user token of the record, or `all`, in file order. */
  #candidates({ users }: HbaRecord, below: number): Iterable<number> {
    const first = Math.max(0, below - MAX_DISTANCE);
    if (users.some(isAll)) return Array.from({ length: below - first }, (_, index) => first + index);
    const indexes: number[] = [];
    const add = (user: string) => {
      const named = this.#byUser.get(user) ?? [];
      for (let at = lowerBound(named, first); at < named.length; at++) {
        const index = named[at] ?? below;
        if (index >= below) break;
        indexes.push(index);
      }
    };
    add('all');
    for (const { text } of users) add(text);
    return indexes.sort((a, b) => a - b);
  }
}
