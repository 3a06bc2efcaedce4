import { type Assertion, checkAssertion, type Hba, parsePrefix, setOf } from '../core/index.ts';
import { type ConnectionView, outcomeView } from './view-models.ts';

/** An assertion about a file as the user types it. Lists are separated by commas or white space. */
export interface TypedAssertion {
  readonly kind: Assertion['kind'];
  readonly roles: string;
  readonly networks: string;
  readonly database: string;
}

export interface CheckedAssertion {
  /** Why the assertion cannot be checked. */
  readonly problem: { readonly kind: 'no-roles' | 'no-database' | 'bad-network'; readonly text: string } | null;
  readonly holds: 'yes' | 'no' | 'unknown';
  /** A connection that breaks the assertion. */
  readonly shown: ConnectionView | null;
}

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

export function checkTyped(hba: Hba, typed: TypedAssertion): CheckedAssertion {
  const refused = (kind: NonNullable<CheckedAssertion['problem']>['kind'], text = ''): CheckedAssertion => ({
    problem: { kind, text },
    holds: 'unknown',
    shown: null,
  });
  const roles = words(typed.roles);
  const database = typed.database.trim();
  if (typed.kind !== 'encrypted' && roles.length === 0) return refused('no-roles');
  if (typed.kind === 'only-roles' && database === '') return refused('no-database');
  const texts = typed.kind === 'only-from' ? words(typed.networks) : [];
  const bad = texts.find((text) => parsePrefix(text) === undefined);
  if (bad !== undefined) return refused('bad-network', bad);
  const networks = setOf(texts.flatMap((text) => parsePrefix(text) ?? []));
  const assertion: Assertion =
    typed.kind === 'only-from'
      ? { kind: typed.kind, roles, networks }
      : typed.kind === 'encrypted'
        ? { kind: typed.kind }
        : { kind: typed.kind, database, roles };
  const answer = checkAssertion(hba, assertion);
  const { holds } = answer;
  const shown = answer.holds === 'no' ? { connection: answer.witness, told: outcomeView(hba, answer.decision) } : null;
  return { problem: null, holds, shown };
}
