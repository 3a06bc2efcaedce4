import { diffArrays } from 'diff';
import { type AccessChange, compareAccess, type Hba, type PossibleChange, type RefusedLine } from '../core/index.ts';
import { type ToldConnection, type ToldOutcome, tell } from './told.ts';

/** One change of who gets in. `total` counts addresses, databases and users where not all are listed. */
export interface ToldChange extends Omit<PossibleChange, 'kind'> {
  readonly kind: AccessChange['kind'] | 'unknown';
  readonly total: { readonly addresses: number; readonly databases: number; readonly users: number };
  /** One of the connections, where one was found, and what becomes of it before and after. */
  readonly shown?: {
    readonly witness: ToldConnection['connection'];
    readonly before: ToldOutcome;
    readonly after: ToldOutcome;
  };
}

/** A file as it was read. */
export interface SideFacts {
  readonly records: number;
  /** The first of the lines for which the server refuses the file, and how many there are. */
  readonly refused: readonly RefusedLine[];
  readonly refusals: number;
}

export interface Told {
  readonly changes: readonly ToldChange[];
  readonly counts: Readonly<Record<ToldChange['kind'], number>>;
}

/** Two files side by side. */
export interface Compared extends Told {
  readonly before: SideFacts;
  readonly after: SideFacts;
  /** Lines of text that the second does not have, and that it has more. */
  readonly lines: { readonly gone: number; readonly come: number };
}

/** More than one reads. They are counted all the same. */
const CHANGES = 400;
const VALUES = 80;
const REFUSED = 5;

export function compared(before: Hba, after: Hba): Compared {
  return {
    ...toldChanges(compareAccess(before, after), before, after),
    before: factsOf(before),
    after: factsOf(after),
    lines: linesOf(before, after),
  };
}

/** Changes in the order of what matters most: opened, closed, asked otherwise, unknown. */
export function toldChanges(changes: readonly (AccessChange | PossibleChange)[], before: Hba, after: Hba): Told {
  const counts = { opened: 0, closed: 0, method: 0, unknown: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  const order = Object.keys(counts);
  const first = changes.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).slice(0, CHANGES);
  return { counts, changes: first.map((change) => toldChange(change, before, after)) };
}

function toldChange(change: AccessChange | PossibleChange, before: Hba, after: Hba): ToldChange {
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
            before: tell(before, change.before),
            after: tell(after, change.after),
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
