import { create } from 'zustand';

export interface Notice {
  readonly text: string;
  /** A counter, so that the same sentence twice is announced twice. */
  readonly number: number;
  /** Whether the event can be undone. */
  readonly undoable: boolean;
  /** Undoes it, if it isn't a change of the plan. */
  readonly undo?: (() => void) | undefined;
}

/** The last event: shown for a while, and announced by screen readers. */
export const useNotice = create<{ readonly notice: Notice | null }>(() => ({ notice: null }));

interface Options {
  readonly undoable?: boolean;
  readonly undo?: () => void;
}

export function announce(text: string, { undo, undoable = undo !== undefined }: Options = {}): void {
  useNotice.setState(({ notice }) => ({ notice: { text, undoable, undo, number: (notice?.number ?? 0) + 1 } }));
}

export const dismissNotice = (): void => useNotice.setState({ notice: null });
