import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** Numbers of rows and columns that are not visible, or only in part, until the user scrolls down or to the right. */
export interface Cut {
  readonly rows: number;
  readonly columns: number;
}

const NOTHING: Cut = { rows: 0, columns: 0 };

interface CutTable {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly cut: Cut;
  readonly onScroll: () => void;
}

/** What of the table in a scrolling element is cut off; `content` is a new object when the table changes. */
export function useCut(content: object): CutTable {
  const host = useRef<HTMLDivElement>(null);
  const [cut, setCut] = useState(NOTHING);
  const measure = useCallback(() => {
    const found = host.current ? cutOf(host.current) : NOTHING;
    setCut((now) => (now.rows === found.rows && now.columns === found.columns ? now : found));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content has other sizes
  useEffect(() => {
    measure();
    if (!host.current || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(measure);
    observer.observe(host.current);
    return () => observer.disconnect();
  }, [content, measure]);
  return { host, cut, onScroll: measure };
}

export function cutOf(host: HTMLElement): Cut {
  const { right, bottom } = host.getBoundingClientRect();
  const beyond = (selector: string, side: 'right' | 'bottom', edge: number) =>
    // Fractions of a pixel are rounding.
    [...host.querySelectorAll(selector)].filter((one) => one.getBoundingClientRect()[side] > edge + 1).length;
  return {
    rows: beyond('tbody tr', 'bottom', bottom),
    columns: beyond('thead th', 'right', right),
  };
}
