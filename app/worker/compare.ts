import { diffArrays } from 'diff';
import { type AccessChange, compareAccess, type Hba, type PossibleChange, type RefusedLine } from '../core/index.ts';
import { type ConnectionView, type OutcomeView, outcomeView } from './view-models.ts';

/** One change of access. `total` counts addresses, databases and users if not all are listed. */
export interface ChangeView extends Omit<PossibleChange, 'kind'> {
  readonly kind: AccessChange['kind'] | 'unknown';
  readonly total: { readonly addresses: number; readonly databases: number; readonly users: number };
  /** An example connection, if one was found, with its outcome before and after. */
  readonly shown?: {
    readonly witness: ConnectionView['connection'];
    readonly before: OutcomeView;
    readonly after: OutcomeView;
  };
}

/** Facts about a parsed file. */
export interface SideFacts {
  readonly records: number;
  /** The first of the lines for which the server rejects the file, and their number. */
  readonly refused: readonly RefusedLine[];
  readonly refusals: number;
}

export interface AccessDifference {
  readonly changes: readonly ChangeView[];
  readonly counts: Readonly<Record<ChangeView['kind'], number>>;
}

/** Two files compared. */
export interface Compared extends AccessDifference {
  readonly before: SideFacts;
  readonly after: SideFacts;
  /** Number of lines removed and added in the second file. */
  readonly lines: { readonly gone: number; readonly come: number };
}

/** More than anyone reads. All are counted nevertheless. */
const CHANGES = 400;
const VALUES = 80;
const REFUSED = 5;

export function compared(before: Hba, after: Hba): Compared {
  return {
    ...differenceView(compareAccess(before, after), before, after),
    before: factsOf(before),
    after: factsOf(after),
    lines: linesOf(before, after),
  };
}

/** Changes by importance: allowed, rejected, other requirements, unknown. */
export function differenceView(
  changes: readonly (AccessChange | PossibleChange)[],
  before: Hba,
  after: Hba,
): AccessDifference {
  const counts = { opened: 0, closed: 0, method: 0, unknown: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  const order = Object.keys(counts);
  const first = changes.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).slice(0, CHANGES);
  return { counts, changes: first.map((change) => toldChange(change, before, after)) };
}

function toldChange(change: AccessChange | PossibleChange, before: Hba, after: Hba): ChangeView {
  const { kind, connections, addresses, hostname, databases, users } = change;
  return {
    kind,
    connections,
    addresses: addresses?.slice(0, VALUES) ?? null,
    databases: databases.slice(0, VALUES),
    users: users.slice(0, VALUES),
    total: { addresses: addresses?.length ?? 0, databases: databases.length, users: users.length },
    ...(hostname === undefined ? {} : { hostname }),
    ...(change.kind === 'unknown'
      ? {}
      : {
          shown: {
            witness: change.witness,
            before: outcomeView(before, change.before),
            after: outcomeView(after, change.after),
          },
        }),
  };
}

const factsOf = ({ records, refused }: Hba): SideFacts => ({
  records: records.length,
  refused: refused.slice(0, REFUSED),
  refusals: refused.length,
});

function linesOf(before: Hba, after: Hba): Compared['lines'] {
  const texts = ({ lines }: Hba) => lines.map(({ raw }) => raw);
  const parts = diffArrays(texts(before), texts(after), { maxEditLength: 4000 });
  if (!parts) return { gone: before.lines.length, come: after.lines.length };
  const count = (which: 'added' | 'removed') =>
    parts.reduce((sum, part) => sum + (part[which] === true ? part.count : 0), 0);
  return { gone: count('removed'), come: count('added') };
}
