import type { PersistStorage, StorageValue } from 'zustand/middleware';
import type { Draft } from './draft.ts';
import { newName } from './new-name.ts';
import {
  ASIDE,
  DRAFT_KEY,
  forgetSetAside,
  guarded,
  type OtherVersion,
  OWN_KEY,
  readSaved,
  SAVED_VERSION,
  type Saved,
  type SavedVersion,
  type SetAside,
  setAside,
  showAside,
  useSaving,
} from './saved.ts';
import { includes, type Seen, together, withChange } from './seen.ts';

/* All tabs save the draft under one key, and each shows a version of it. A tab overwrites the saved version only if
   its own includes it. Otherwise the tab is separate: its version has a separate key until the user decides. */

const TAB = newName();

/** The text under the shared key, as this tab last read or wrote it. */
let last: string | null = null;
/** What this tab shows, and the changes that it includes. */
let current: Saved | undefined;
let seen: Seen = {};
/** Where this tab's version is saved while it is separate. */
let own: { readonly key: string; readonly text: string } | undefined;

/** Saves the draft in the browser. Text that cannot be opened is moved to a separate key. */
export const savedDrafts: PersistStorage<Saved> = {
  getItem: (name) =>
    guarded(() => {
      const text = localStorage.getItem(name);
      const mine = ownVersion();
      showAside();
      if (mine) {
        last = text;
        takeUp(mine);
        if (text !== null) goApart(text);
        return mine;
      }
      if (text === null) return null;
      const value = readSaved(text);
      if (typeof value === 'string') {
        setAside(text);
        localStorage.removeItem(name);
        return null;
      }
      last = text;
      return takeUp(value);
    }) ?? null,
  setItem(_, { state }) {
    if (current?.draft === state.draft && current.kept === state.kept && current.plan === state.plan) return;
    current = state;
    seen = withChange(seen, TAB);
    write();
  },
  removeItem(name) {
    guarded(() => localStorage.removeItem(name));
  },
};

/** Saves what this tab shows. Returns whether that works. */
function write(): boolean {
  const written = guarded(() => {
    const text = localStorage.getItem(DRAFT_KEY);
    if (text !== null && text !== last && !isIncluded(text)) goApart(text);
    if (useSaving.getState().other) saveOwn();
    else save();
    return true;
  });
  return written ?? false;
}

/** Saves the draft again, before the page is reloaded. Returns whether a reload keeps it. */
export const saveNow = (): boolean => current === undefined || write();

function takeUp(version: SavedVersion): StorageValue<Saved> {
  ({ seen, state: current } = version);
  return version;
}

/** This tab's version, if it was separate before a reload. */
function ownVersion(): SavedVersion | undefined {
  const key = sessionStorage.getItem(OWN_KEY);
  const text = key === null ? null : localStorage.getItem(key);
  const value = text === null ? undefined : readSaved(text);
  if (key === null || text === null || typeof value !== 'object') {
    sessionStorage.removeItem(OWN_KEY);
    return undefined;
  }
  own = { key, text };
  return value;
}

function isIncluded(text: string): boolean {
  const value = readSaved(text);
  // It is unknown which changes are included in the state of a page that does not distinguish tabs.
  return typeof value === 'object' && Object.keys(value.seen).length > 0 && includes(seen, value.seen);
}

function goApart(text: string): void {
  const value = readSaved(text);
  if (value === 'damaged') setAside(text);
  else useSaving.setState({ other: { text, kind: kindOf(value) } });
}

function kindOf(value: SavedVersion | 'newer'): OtherVersion['kind'] {
  if (value === 'newer') return 'newer';
  return value.state.plan === current?.plan ? 'same plan' : 'another plan';
}

const textOf = (state: Saved): string => JSON.stringify({ state, version: SAVED_VERSION, seen } satisfies SavedVersion);

function save(): void {
  if (!current) return;
  last = textOf(current);
  localStorage.setItem(DRAFT_KEY, last);
  forgetOwn();
}

function saveOwn(): void {
  if (!current) return;
  const mine = { key: `${ASIDE}${TAB}`, text: textOf(current) };
  localStorage.setItem(mine.key, mine.text);
  sessionStorage.setItem(OWN_KEY, mine.key);
  // The key from before a reload, unless a copy of this tab has continued with it.
  if (own && own.key !== mine.key && localStorage.getItem(own.key) === own.text) localStorage.removeItem(own.key);
  own = mine;
}

function forgetOwn(): void {
  if (!own) return;
  if (localStorage.getItem(own.key) === own.text) localStorage.removeItem(own.key);
  sessionStorage.removeItem(OWN_KEY);
  own = undefined;
  showAside();
}

/**
 * Handles what another tab has saved; null: nothing is saved any more. Returns the state to show if it continues what
 * this tab shows. Otherwise this tab's version is saved separately, and the user is asked.
 */
export function noteSaved(text: string | null, shown: Saved): Saved | null {
  if (text === last) return null;
  // A tab that found nothing saved and in which nothing was typed shows the first plan.
  current ??= shown;
  const mine = current;
  const noted = guarded(() => {
    if (text === null) {
      last = null;
      useSaving.setState({ other: null });
      return null;
    }
    const value = readSaved(text);
    if (typeof value === 'object' && includes(value.seen, seen) && goesOn(value.state, mine))
      return accept(text, value);
    goApart(text);
    if (useSaving.getState().other && !(typeof value === 'object' && holds(value.state, mine))) saveOwn();
    return null;
  });
  return noted ?? null;
}

const isSame = (a: Draft | null, b: Draft | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/** It is the same plan with later changes, or exactly the same answers. */
const goesOn = (state: Saved, mine: Saved): boolean =>
  (state.plan === mine.plan && isSame(state.kept, mine.kept)) ||
  (isSame(state.draft, mine.draft) && isSame(state.kept, mine.kept));

/** A plan from a link keeps the draft that it replaced. */
const holds = (state: Saved, mine: Saved): boolean => mine.kept === null && isSame(state.kept, mine.draft);

function accept(text: string, version: SavedVersion): Saved {
  last = text;
  current = version.state;
  seen = together(seen, version.seen);
  useSaving.setState({ other: null });
  forgetOwn();
  return version.state;
}

/** The current state of the other version, which may have changed since this tab was notified. */
function otherText(): string | null {
  const { other } = useSaving.getState();
  return other && (localStorage.getItem(DRAFT_KEY) ?? other.text);
}

/** Decides for this tab's version: it becomes the saved one, and the other is set aside. */
export function keepThisVersion(): void {
  guarded(() => {
    const text = otherText();
    if (text === null) return;
    const value = readSaved(text);
    if (!(typeof value === 'object' && current && holds(current, value.state))) setAside(text);
    if (typeof value === 'object') seen = together(seen, value.seen);
    seen = withChange(seen, TAB);
    useSaving.setState({ other: null });
    save();
  });
}

/** Decides for the other version and returns it; this tab's is set aside, unless the other itself keeps it. */
export function takeOtherVersion(): Saved | null {
  const taken = guarded(() => {
    const text = otherText();
    const value = text === null ? undefined : readSaved(text);
    if (text === null || !current || typeof value !== 'object') return null;
    if (!holds(value.state, current)) setAside(textOf(current));
    return accept(text, value);
  });
  return taken ?? null;
}

/** Returns a version that was set aside, to replace this tab's, which is set aside instead. */
export function exchange(aside: SetAside): Saved | null {
  const opened = guarded(() => {
    const value = readSaved(aside.text);
    if (typeof value !== 'object' || !current) return null;
    setAside(textOf(current));
    forgetSetAside(aside);
    seen = together(seen, value.seen);
    return value.state;
  });
  return opened ?? null;
}
