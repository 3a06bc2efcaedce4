import { create } from 'zustand';
import type { PersistStorage, StorageValue } from 'zustand/middleware';
import { migrate } from '../../core/index.ts';
import type { Draft } from './draft.ts';
import { isDraft } from './shape.ts';

/** The version of what is saved. A higher one was saved by a newer Postern. */
export const SAVED_VERSION = 1;

const KEY = 'postern.draft';
const ASIDE = 'postern.set-aside.';

/** What survives a reload: the draft, and the user's own one while a plan from a link is shown. */
export interface Saved {
  readonly draft: Draft;
  readonly kept: Draft | null;
}

/** A saved draft that could not be opened, as it was found. */
export interface SetAside {
  readonly key: string;
  readonly text: string;
  readonly reason: 'damaged' | 'newer';
}

/** Whether saving works in this browser, and what could not be opened. */
export const useSaving = create<{ readonly works: boolean; readonly aside: readonly SetAside[] }>(() => ({
  works: true,
  aside: [],
}));

export function forgetSetAside(key: string): void {
  guarded(() => localStorage.removeItem(key));
  useSaving.setState(({ aside }) => ({ aside: aside.filter((one) => one.key !== key) }));
}

/** Saves in the browser. What it cannot open it moves to a key of its own, where nothing overwrites it. */
export const savedDrafts: PersistStorage<Saved> = {
  getItem(name) {
    return (
      guarded(() => {
        useSaving.setState({ aside: foundAside() });
        const text = localStorage.getItem(name);
        if (text === null) return null;
        const value = readSaved(text);
        if (typeof value !== 'string') return value;
        setAside(text, value);
        localStorage.removeItem(name);
        return null;
      }) ?? null
    );
  },
  setItem(name, value) {
    guarded(() => localStorage.setItem(name, JSON.stringify(value)));
  },
  removeItem(name) {
    guarded(() => localStorage.removeItem(name));
  },
};

/** Reads what was saved, or says why it cannot be opened. */
export function readSaved(text: string): StorageValue<Saved> | SetAside['reason'] {
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
  return { version: SAVED_VERSION, state: { draft, kept } };
}

function setAside(text: string, reason: SetAside['reason']): void {
  const taken = new Set(useSaving.getState().aside.map((one) => one.key));
  let number = 1;
  while (taken.has(`${ASIDE}${number}`)) number += 1;
  const key = `${ASIDE}${number}`;
  localStorage.setItem(key, text);
  useSaving.setState(({ aside }) => ({ aside: [...aside, { key, text, reason }] }));
}

function foundAside(): SetAside[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(ASIDE))
    .sort()
    .map((key) => {
      const text = localStorage.getItem(key) ?? '';
      return { key, text, reason: readSaved(text) === 'newer' ? 'newer' : 'damaged' };
    });
}

/** Storage can be switched off, full or forbidden: the draft then lives as long as the page, and the page says so. */
function guarded<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    useSaving.setState({ works: false });
    return undefined;
  }
}

export { KEY as DRAFT_KEY };
