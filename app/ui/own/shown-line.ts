import { create } from 'zustand';
import { show, useView } from '../wizard/view.ts';

/** A line of one of the user's files. */
export interface ShownLine {
  readonly name: string;
  readonly line: number;
}

const useShown = create<{ readonly line: ShownLine | null }>(() => ({ line: null }));

/** The line that the editor of the audit shows; another object shows it again. */
export const useShownLine = (): ShownLine | null => useShown(({ line }) => line);

export const setLine = (line: ShownLine): void => useShown.setState({ line });

// Who comes back later comes for the file, and not for the line.
useView.subscribe(({ view }) => {
  if (view !== 'audit') useShown.setState({ line: null });
});

/** Leads from another screen to a line in the editor of the audit. */
export function editLine(line: ShownLine): void {
  setLine(line);
  show({ view: 'audit', page: null }, false);
}
