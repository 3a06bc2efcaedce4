import { useSyncExternalStore } from 'react';

/** Whether a media query matches, updated whenever that changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Wide enough for the result next to the form: the `lg` breakpoint. */
export const useWide = (): boolean => useMedia('(min-width: 64rem)');
