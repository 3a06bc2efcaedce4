import { useSyncExternalStore } from 'react';

/** Each query is parsed once, because it is read each time that a component is drawn. */
const lists = new Map<string, MediaQueryList>();

function listOf(query: string): MediaQueryList {
  const list = lists.get(query) ?? window.matchMedia(query);
  lists.set(query, list);
  return list;
}

/** Whether a media query matches, updated whenever that changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = listOf(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => listOf(query).matches,
  );
}

/** Wide enough for the result next to the form: the `lg` breakpoint. */
export const useWide = (): boolean => useMedia('(min-width: 64rem)');
