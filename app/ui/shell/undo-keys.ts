import { isPlanView, useView } from '../shared/navigation/view.ts';
import { redoAndSay, undoAndSay } from './undo.ts';

const TEXT = 'input:not([type=radio],[type=checkbox]), textarea, [contenteditable]';

/**
 * Ctrl+Z and similar keys where the plan is shown, outside text fields, which have their own undo. Returns a function
 * that removes the listener.
 */
export function undoOnKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.defaultPrevented || !isPlanView(useView.getState())) return;
    // The first of the path: `target` would be the host of an editor in a shadow tree.
    const [target] = event.composedPath();
    if (target instanceof Element && target.matches(TEXT)) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) undoAndSay();
    else if (key === 'y' || (key === 'z' && event.shiftKey)) redoAndSay();
    else return;
    event.preventDefault();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
