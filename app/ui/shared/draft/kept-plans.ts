import { create } from 'zustand';
import { migrate } from '../../../core/index.ts';
import { isUntouched } from './blank.ts';
import type { Draft } from './draft.ts';
import { guarded } from './saved.ts';
import { isDraft } from './shape.ts';

/** A plan that is kept in the browser and is not the one being edited. */
export interface KeptPlan {
  /** The plan's identifier; see `Saved.plan`. */
  readonly id: string;
  readonly draft: Draft;
  /** When it was last kept: milliseconds since 1970. */
  readonly at: number;
}

/** Each plan has a key of its own, so that tabs do not overwrite each other's. */
const PREFIX = 'postern.plan.';

/** The kept plans, newest first. */
export const useKeptPlans = create<{ readonly plans: readonly KeptPlan[] }>(() => ({ plans: guarded(read) ?? [] }));

/** Keeps a plan. A new plan in which nothing is answered isn't worth keeping. */
export function keepPlan(id: string, draft: Draft, at = Date.now()): void {
  if (isUntouched(draft)) return;
  guarded(() => localStorage.setItem(`${PREFIX}${id}`, JSON.stringify({ draft, at })));
  refresh();
}

/** Removes a kept plan. */
export function removePlan(id: string): void {
  guarded(() => localStorage.removeItem(`${PREFIX}${id}`));
  refresh();
}

function refresh(): void {
  useKeptPlans.setState({ plans: guarded(read) ?? [] });
}

/** A text that is not a plan stays where it is, and is not listed. */
function read(): KeptPlan[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .flatMap((key) => readOne(key.slice(PREFIX.length), localStorage.getItem(key) ?? ''))
    .toSorted((a, b) => b.at - a.at);
}

function readOne(id: string, text: string): KeptPlan[] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('draft' in value)) return [];
    const draft = migrate(value.draft);
    const at = 'at' in value && typeof value.at === 'number' ? value.at : 0;
    return isDraft(draft) ? [{ id, draft, at }] : [];
  } catch {
    return [];
  }
}

window.addEventListener('storage', ({ key }) => {
  if (key === null || key.startsWith(PREFIX)) refresh();
});
