import type { HbaRecord } from '../postgres/hba/record.ts';
import type { Token } from '../postgres/hba/token.ts';

/** Some database and some user are plainly matched by both records: the same word in both, or `all` in one. */
export const namesMeet = (a: HbaRecord, b: HbaRecord): boolean =>
  fieldsMeet(a.databases, b.databases) && fieldsMeet(a.users, b.users);

function fieldsMeet(a: readonly Token[], b: readonly Token[]): boolean {
  const all = ({ text, quoted }: Token) => text === 'all' && !quoted;
  const replication = ({ text, quoted }: Token) => text === 'replication' && !quoted;
  return a.some((one) =>
    b.some(
      (other) =>
        (one.text === other.text && one.quoted === other.quoted) ||
        (all(one) && !replication(other)) ||
        (all(other) && !replication(one)),
    ),
  );
}
