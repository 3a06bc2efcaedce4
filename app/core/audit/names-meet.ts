import type { Hba, PlacedRecord } from '../postgres/hba/hba.ts';
import type { HbaRecord } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';

/** Some database and some user are plainly matched by both records: the same word in both, or `all` in one. */
export const namesMeet = (a: HbaRecord, b: HbaRecord): boolean =>
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

/** The first of the records above one that is as asked. */
export function firstNear(
  { records }: Hba,
  below: number,
  asked: (placed: PlacedRecord, index: number) => boolean,
): PlacedRecord | undefined {
  for (let index = Math.max(0, below - NEAR); index < below; index++) {
    const placed = records[index];
    if (placed && asked(placed, index)) return placed;
  }
  return undefined;
}
