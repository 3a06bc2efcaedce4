import { create } from 'zustand';
import type { PersistStorage, StorageValue } from 'zustand/middleware';

/** A state is written after this pause, in milliseconds: serializing megabytes at each key would slow typing down. */
const QUIET_MS = 400;

/** A state that is longer than this, in characters, is not saved: the browser's storage for a tab is small. */
const KEPT = 2_000_000;

/** A text in this tab's storage that the page did not write. */
export interface FoundAside {
  readonly key: string;
  readonly text: string;
}

/** Whether the files survive a reload, and what was found in their place. */
export const useTabSaving = create<{ readonly works: boolean; readonly aside: readonly FoundAside[] }>(() => ({
  works: true,
  aside: [],
}));

interface Options<State> {
  readonly version: number;
  /** Reads the saved state; undefined if it is not valid. */
  readonly read: (saved: unknown) => State | undefined;
}

/**
 * Saves a state for this tab until the tab is closed. The state is written when changes pause and when the page is
 * closed. A saved text that cannot be read moves to a separate key, where nothing overwrites it.
 */
export function tabStorage<State>({ version, read }: Options<State>): PersistStorage<State> {
  let waiting: { readonly key: string; readonly value: StorageValue<State> } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    if (!waiting) return;
    const { key, value } = waiting;
    waiting = undefined;
    const text = JSON.stringify(value);
    const works = text.length <= KEPT && quietly(() => sessionStorage.setItem(key, text)) === undefined;
    // An older state would be mistaken for this one.
    if (!works) quietly(() => sessionStorage.removeItem(key));
    if (works !== useTabSaving.getState().works) useTabSaving.setState({ works });
  };
  window.addEventListener('pagehide', write);
  return {
    getItem(key) {
      const text = quietly(() => sessionStorage.getItem(key));
      quietly(() => useTabSaving.setState({ aside: foundAside(key) }));
      if (typeof text !== 'string') return null;
      const state = read(stateIn(text, version));
      if (state !== undefined) return { version, state };
      setAside(key, text);
      return null;
    },
    setItem(key, value) {
      waiting = { key, value };
      clearTimeout(timer);
      timer = setTimeout(write, QUIET_MS);
    },
    removeItem(key) {
      waiting = undefined;
      clearTimeout(timer);
      quietly(() => sessionStorage.removeItem(key));
    },
  };
}

export function forgetAside(key: string): void {
  quietly(() => sessionStorage.removeItem(key));
  useTabSaving.setState(({ aside }) => ({ aside: aside.filter((one) => one.key !== key) }));
}

const ASIDE = '.set-aside.';

function stateIn(text: string, version: number): unknown {
  try {
    const value = JSON.parse(text) as { readonly version?: unknown; readonly state?: unknown } | null;
    return value?.version === version ? value.state : undefined;
  } catch {
    return undefined;
  }
}

function setAside(key: string, text: string): void {
  const { aside } = useTabSaving.getState();
  let number = 1;
  while (aside.some((one) => one.key === `${key}${ASIDE}${number}`)) number += 1;
  const found = { key: `${key}${ASIDE}${number}`, text };
  // If the storage has no room for both, the text lives as long as the page.
  quietly(() => sessionStorage.removeItem(key));
  quietly(() => sessionStorage.setItem(found.key, text));
  useTabSaving.setState({ aside: [...aside, found] });
}

const foundAside = (key: string): FoundAside[] =>
  Object.keys(sessionStorage)
    .filter((one) => one.startsWith(`${key}${ASIDE}`))
    .sort()
    .map((one) => ({ key: one, text: sessionStorage.getItem(one) ?? '' }));

/** Returns the error if storage is switched off, full or damaged; the state then lives as long as the page. */
function quietly<T>(act: () => T): T | Error {
  try {
    return act();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
