import { create } from 'zustand';
import type { StorageValue } from 'zustand/middleware';
import { migrate } from '../../../core/index.ts';
import type { Draft } from './draft.ts';
import { isSeen, type Seen } from './seen.ts';
import { isDraft } from './shape.ts';

/** The version of the saved state. A higher one was saved by a newer Postern. */
export const SAVED_VERSION = 1;

export const DRAFT_KEY = 'postern.draft';
export const ASIDE = 'postern.set-aside.';
/**
 * In this tab's session storage, which survives a reload: the storage key of its version, while that is not the saved
 * one.
 */
export const OWN_KEY = 'postern.own-version';

/** The state that survives a reload: the draft, and the user's own draft while a plan from a link is shown. */
export interface Saved {
  readonly draft: Draft;
  readonly kept: Draft | null;
  /**
   * Identifies the plan. The identifier does not change with the plan; another plan that replaces the draft has
   * another.
   */
  readonly plan: string;
  /** The same of the kept draft. */
  readonly keptPlan?: string;
}

/** The saved form, with the changes of each tab that it includes. */
export interface SavedVersion extends StorageValue<Saved> {
  readonly seen: Seen;
}

/** A saved draft that is not in use, exactly as found. */
export interface SetAside {
  readonly key: string;
  readonly text: string;
  readonly reason: 'damaged' | 'newer' | 'other version';
}

/** What another tab has saved instead of what this tab shows. */
export interface OtherVersion {
  readonly text: string;
  readonly kind: 'same plan' | 'another plan' | 'newer';
}

export interface Saving {
  /** Whether saving works in this browser. */
  readonly works: boolean;
  readonly aside: readonly SetAside[];
  /** While set, this tab's version is saved under a separate key, and the user decides. */
  readonly other: OtherVersion | null;
}

export const useSaving = create<Saving>(() => ({ works: true, aside: [], other: null }));

/** Reads the saved text, or says why it cannot be opened. */
export function readSaved(text: string): SavedVersion | 'damaged' | 'newer' {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'damaged';
  }
  if (typeof value !== 'object' || value === null || !('version' in value) || !('state' in value)) return 'damaged';
  if (typeof value.version === 'number' && value.version > SAVED_VERSION) return 'newer';
  const { state } = value;
  if (typeof state !== 'object' || state === null || !('draft' in state) || !('kept' in state)) return 'damaged';
  const [draft, kept] = [migrate(state.draft), migrate(state.kept)];
  if (!isDraft(draft) || !(kept === null || isDraft(kept))) return 'damaged';
  // A page that does not distinguish tabs yet writes neither.
  const plan = 'plan' in state && typeof state.plan === 'string' ? state.plan : '';
  const keptPlan = 'keptPlan' in state && typeof state.keptPlan === 'string' ? state.keptPlan : '';
  const seen = 'seen' in value && isSeen(value.seen) ? value.seen : {};
  return { version: SAVED_VERSION, state: { draft, kept, plan, ...(keptPlan !== '' && { keptPlan }) }, seen };
}

/** Saves a text under a separate key, where nothing overwrites it. */
export function setAside(text: string): void {
  const taken = new Set(foundAside().map((one) => one.key));
  let number = 1;
  while (taken.has(`${ASIDE}${number}`)) number += 1;
  localStorage.setItem(`${ASIDE}${number}`, text);
  showAside();
}

export function forgetSetAside({ text }: SetAside): void {
  guarded(() => {
    // Several tabs may have set aside the same text.
    for (const one of othersAside()) if (one.text === text) localStorage.removeItem(one.key);
  });
  showAside();
}

/** Updates the page's list of texts that were set aside: each once, without the version that this tab shows. */
export function showAside(): void {
  const aside = guarded(() => [...new Map(othersAside().map((one) => [one.text, one])).values()]) ?? [];
  useSaving.setState({ aside });
}

const othersAside = (): SetAside[] => {
  const own = sessionStorage.getItem(OWN_KEY);
  return foundAside().filter(({ key }) => key !== own);
};

function foundAside(): SetAside[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(ASIDE))
    .sort()
    .map((key) => {
      const text = localStorage.getItem(key) ?? '';
      const value = readSaved(text);
      return { key, text, reason: typeof value === 'string' ? value : 'other version' };
    });
}

/** Storage can be disabled, full or forbidden: the draft then lives as long as the page, and the page says so. */
export function guarded<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    useSaving.setState({ works: false });
    return undefined;
  }
}
