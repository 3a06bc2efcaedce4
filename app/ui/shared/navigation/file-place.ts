import { create } from 'zustand';
import { focusWhenThere } from '../browser/focus.ts';
import { show, useView } from './view.ts';

/** The generated file that was asked for by its path, until its row is shown. */
export const useAskedFile = create<{ readonly path: string | null }>(() => ({ path: null }));

/** The element id of the row of a generated file. */
export const fileRowId = (path: string): string => `file-${path.replaceAll(/[^\w-]/g, '-')}`;

/** Opens a generated file in the list of all files, and focuses it there. */
export function leadToFile(path: string): void {
  const { view } = useView.getState();
  if (view !== 'plan' && view !== 'express') show({ view: 'plan', page: null }, false);
  useAskedFile.setState({ path });
  focusWhenThere(() => {
    const row = document.getElementById(fileRowId(path));
    if (row) useAskedFile.setState({ path: null });
    return row;
  });
}
