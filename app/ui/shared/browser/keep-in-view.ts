import { type RefObject, useEffect } from 'react';

/** Scrolls a row of links sideways, so that the current one is visible; the page itself stays where it is. */
export function useCurrentInView(row: RefObject<HTMLElement | null>, current: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another current link is the reason to look again
  useEffect(() => {
    const link = row.current?.querySelector<HTMLElement>('[data-current]');
    if (!row.current || !link) return;
    const [outer, inner] = [row.current.getBoundingClientRect(), link.getBoundingClientRect()];
    if (inner.left < outer.left) row.current.scrollLeft -= outer.left - inner.left;
    else if (inner.right > outer.right) row.current.scrollLeft += inner.right - outer.right;
  }, [row, current]);
}
