import { create } from 'zustand';

export interface Notice {
  readonly text: string;
  /** A counter, so that the same sentence twice is announced twice. */
  readonly number: number;
  /** Whether the event can be undone. */
  readonly undoable: boolean;
}

/** The last event: shown for a while, and announced by screen readers. */
export const useNotice = create<{ readonly notice: Notice | null }>(() => ({ notice: null }));

export function announce(text: string, { undoable = false } = {}): void {
  useNotice.setState(({ notice }) => ({ notice: { text, undoable, number: (notice?.number ?? 0) + 1 } }));
}

export const dismissNotice = (): void => useNotice.setState({ notice: null });
