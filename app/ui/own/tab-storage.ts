import type { PersistStorage, StorageValue } from 'zustand/middleware';

/** So long nothing may change before it is written: to turn megabytes into text at each key would hold typing up. */
const QUIET_MS = 400;

/** What the browser keeps for a tab is small; what is longer than this, in characters, lives as long as the page. */
const KEPT = 2_000_000;

/** Keeps a state for this tab until it is closed. It is written when changes pause, and when the page goes. */
export function tabStorage<State>(): PersistStorage<State> {
  let waiting: { readonly key: string; readonly value: StorageValue<State> } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    if (!waiting) return;
    const { key, value } = waiting;
    waiting = undefined;
    const text = JSON.stringify(value);
    quietly(() => (text.length <= KEPT ? sessionStorage.setItem(key, text) : sessionStorage.removeItem(key)));
  };
  window.addEventListener('pagehide', write);
  return {
    getItem: (key) =>
      quietly(() => JSON.parse(sessionStorage.getItem(key) ?? 'null') as StorageValue<State> | null) ?? null,
    setItem(key, value) {
      waiting = { key, value };
      clearTimeout(timer);
      timer = setTimeout(write, QUIET_MS);
    },
    removeItem: (key) => quietly(() => sessionStorage.removeItem(key)),
  };
}

/** Storage can be switched off, full or damaged; the state then lives as long as the page. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
