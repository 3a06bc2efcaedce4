import { create } from 'zustand';

export interface Notice {
  readonly text: string;
  /** Counts, so that the same sentence twice is said twice. */
  readonly number: number;
  /** It tells of something that undo takes back. */
  readonly undoable: boolean;
}

/** What just happened: shown for a while, and said by screen readers. */
export const useNotice = create<{ readonly notice: Notice | null }>(() => ({ notice: null }));

export function announce(text: string, { undoable = false } = {}): void {
  useNotice.setState(({ notice }) => ({ notice: { text, undoable, number: (notice?.number ?? 0) + 1 } }));
}

export const dismissNotice = (): void => useNotice.setState({ notice: null });
