import { lowerBound } from '../access/reach/cover.ts';
import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';

/** Some database and some user are plainly matched by both records: the same word in both, or `all` in one. */
const namesMeet = (a: HbaRecord, b: HbaRecord): boolean =>
  fieldsMeet(a.databases, b.databases) && fieldsMeet(a.users, b.users);

const isAll = ({ text, quoted }: Token) => text === 'all' && !quoted;
const isReplication = ({ text, quoted }: Token) => text === 'replication' && !quoted;

function fieldsMeet(a: readonly Token[], b: readonly Token[]): boolean {
  for (const one of a) {
    for (const other of b) {
      if (one.text === other.text && one.quoted === other.quoted) return true;
      if ((isAll(one) && !isReplication(other)) || (isAll(other) && !isReplication(one))) return true;
    }
  }
  return false;
}

/** Records further up than this are not looked at, so that long files stay fast. */
const NEAR = 200;

/** The records of a file by the users that they name, so that those which meet are found without trying all. */
export class Near {
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

  /** The first record above one, and near it, that plainly meets it in database and user and is as asked. */
  above(below: number, asked: (placed: PlacedRecord, index: number) => boolean): PlacedRecord | undefined {
    const own = this.#records[below]?.record;
    if (!own) return undefined;
    for (const index of this.#candidates(own, below)) {
      const placed = this.#records[index];
      if (placed && namesMeet(placed.record, own) && asked(placed, index)) return placed;
    }
    return undefined;
  }

  /** Those near above that have a user of the record, or `all`, in the order of the file. */
  #candidates({ users }: HbaRecord, below: number): Iterable<number> {
    const first = Math.max(0, below - NEAR);
    if (users.some(isAll)) return Array.from({ length: below - first }, (_, index) => first + index);
    const found: number[] = [];
    const add = (word: string) => {
      const named = this.#byUser.get(word) ?? [];
      for (let at = lowerBound(named, first); at < named.length; at++) {
        const index = named[at] ?? below;
        if (index >= below) break;
        found.push(index);
      }
    };
    add('all');
    for (const { text } of users) add(text);
    return found.sort((a, b) => a - b);
  }
}
