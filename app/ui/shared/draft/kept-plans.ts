import { create } from 'zustand';
import { migrate } from '../../../core/index.ts';
import { isUntouched } from './blank.ts';
import type { Draft } from './draft.ts';
import { newName } from './new-name.ts';
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

/** The last time that a date can have (ECMA-262, Time Values). */
const LATEST = 8.64e15;

/** The kept plans, newest first. */
export const useKeptPlans = create<{ readonly plans: readonly KeptPlan[] }>(() => ({ plans: [] }));
// The initial state is that of the page as the build writes it, which React continues with.
refresh();

/**
 * Keeps a plan; a new plan in which nothing is answered isn't worth keeping. What another tab kept under the same
 * identifier stays beside it. Returns false where the browser has no space left; where it stores nothing at all, there is
 * nothing to lose.
 */
export function keepPlan(id: string, draft: Draft, at = Date.now()): boolean {
  if (isUntouched(draft)) return true;
  const same = JSON.stringify(draft);
  const [there] = guarded(() => readOne(id, localStorage.getItem(`${PREFIX}${id}`) ?? '')) ?? [];
  const own = id === '' || (there && JSON.stringify(there.draft) !== same) ? newName() : id;
  return write({ id: own, draft, at });
}

/** Changes a kept plan, which nobody edits meanwhile. */
export function changeKept(plan: KeptPlan): void {
  write(plan);
}

function write({ id, draft, at }: KeptPlan): boolean {
  try {
    localStorage.setItem(`${PREFIX}${id}`, JSON.stringify({ draft, at }));
    return true;
  } catch (error) {
    return !(error instanceof DOMException && error.name === 'QuotaExceededError');
  } finally {
    refresh();
  }
}

/** Removes a kept plan: one that was deleted, or that is edited again. */
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
    return isDraft(draft) ? [{ id, draft, at: Math.abs(at) <= LATEST ? at : 0 }] : [];
  } catch {
    return [];
  }
}

window.addEventListener('storage', ({ key }) => {
  if (key === null || key.startsWith(PREFIX)) refresh();
});
