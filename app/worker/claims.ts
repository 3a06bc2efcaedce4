import { type Assertion, checkAssertion, type Hba, parsePrefix, setOf } from '../core/index.ts';
import { type ToldConnection, tell } from './told.ts';

/** Something to hold of a file, as it is typed. Lists are parted by commas or blanks. */
export interface Claim {
  readonly kind: Assertion['kind'];
  readonly roles: string;
  readonly networks: string;
  readonly database: string;
}

export interface Checked {
  /** Why it cannot be asked. */
  readonly problem: { readonly kind: 'no-roles' | 'no-database' | 'bad-network'; readonly text: string } | null;
  readonly holds: 'yes' | 'no' | 'unknown';
  /** A connection that shows that it does not hold. */
  readonly shown: ToldConnection | null;
}

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

export function checked(hba: Hba, claim: Claim): Checked {
  const refused = (kind: NonNullable<Checked['problem']>['kind'], text = ''): Checked => ({
    problem: { kind, text },
    holds: 'unknown',
    shown: null,
  });
  const roles = words(claim.roles);
  const database = claim.database.trim();
  if (claim.kind !== 'encrypted' && roles.length === 0) return refused('no-roles');
  if (claim.kind === 'only-roles' && database === '') return refused('no-database');
  const texts = claim.kind === 'only-from' ? words(claim.networks) : [];
  const bad = texts.find((text) => parsePrefix(text) === undefined);
  if (bad !== undefined) return refused('bad-network', bad);
  const networks = setOf(texts.flatMap((text) => parsePrefix(text) ?? []));
  const assertion: Assertion =
    claim.kind === 'only-from'
      ? { kind: claim.kind, roles, networks }
      : claim.kind === 'encrypted'
        ? { kind: claim.kind }
        : { kind: claim.kind, database, roles };
  const answer = checkAssertion(hba, assertion);
  const { holds } = answer;
  const shown = answer.holds === 'no' ? { connection: answer.witness, told: tell(hba, answer.decision) } : null;
  return { problem: null, holds, shown };
}
