import { create } from 'zustand';
import { show, useView } from '../navigation/view.ts';

/** A line of one of the user's files. */
export interface ShownLine {
  readonly name: string;
  readonly line: number;
}

const useShown = create<{ readonly line: ShownLine | null }>(() => ({ line: null }));

/** The line that the audit's editor shows. A new object scrolls to the line again. */
export const useShownLine = (): ShownLine | null => useShown(({ line }) => line);

export const setLine = (line: ShownLine): void => useShown.setState({ line });

// A later visit starts at the top of the file.
useView.subscribe(({ view }) => {
  if (view !== 'audit') useShown.setState({ line: null });
});

/** Opens the audit's editor at a line. */
export function editLine(line: ShownLine): void {
  setLine(line);
  show({ view: 'audit', page: null }, false);
}
