import { issueAt, type PlanIssue } from './result.ts';
import { problem } from './text.ts';

/**
 * Number of problems that are reported individually: among the entries of one list, and in an outermost list including
 * all nested lists. The user fixes them one by one and then sees the next ones. 500 pasted networks or a hostile link
 * can have tens of thousands, and each is a sentence on the screen.
 */
export const NAMED = { own: 100, below: 400 } as const;

/** The first problems of every list, and a closing one per list that states how many more there are. */
export function fewer(issues: readonly PlanIssue[]): PlanIssue[] {
  const own = new Tally();
  const below = new Tally();
  const more = new Tally();
  const named = issues.filter(({ path }) => {
    const { inner, outer } = listsAround(path);
    if (inner === undefined || outer === undefined) return true;
    const full =
      own.of(inner) >= NAMED.own ? inner : inner !== outer && below.of(outer) >= NAMED.below ? outer : undefined;
    if (full !== undefined) more.count(full);
    else {
      own.count(inner);
      below.count(outer);
    }
    return full === undefined;
  });
  return [
    ...named,
    ...[...more.entries()].map(([list, count]) => issueAt(list.split('.'), problem('plan.moreIssues', { count }))),
  ];
}

class Tally {
  readonly #counts = new Map<string, number>();

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  count(key: string): void {
    this.#counts.set(key, this.of(key) + 1);
  }

  entries(): IterableIterator<[string, number]> {
    return this.#counts.entries();
  }
}

/**
 * The lists that contain an answer: for `clients.0.sources.1` it is in `clients.0.sources` and, around it, `clients`.
 */
function listsAround(path: string): { readonly inner: string | undefined; readonly outer: string | undefined } {
  const keys = path.split('.');
  const lists = keys.flatMap((key, index) => (index > 0 && /^\d+$/.test(key) ? [index] : []));
  const list = (end: number | undefined) => (end === undefined ? undefined : keys.slice(0, end).join('.'));
  return { inner: list(lists.at(-1)), outer: list(lists[0]) };
}
