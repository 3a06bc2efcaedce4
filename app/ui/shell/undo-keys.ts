import { redoAndSay, undoAndSay } from './undo.ts';

const TEXT = 'input:not([type=radio],[type=checkbox]), textarea, [contenteditable]';

/**
 * Ctrl+Z and similar keys, outside text fields, which have their own undo. Returns a function that removes the
 * listener.
 */
export function undoOnKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target instanceof Element && event.target.matches(TEXT)) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) undoAndSay();
    else if (key === 'y' || (key === 'z' && event.shiftKey)) redoAndSay();
    else return;
    event.preventDefault();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
