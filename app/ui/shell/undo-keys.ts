import { announce } from '../shared/browser/announce.ts';
import { redo, undo, useDraft } from '../shared/draft/store.ts';
import { t } from '../shared/messages/translate.ts';

const TEXT = 'input:not([type=radio],[type=checkbox]), textarea, [contenteditable]';

/** Undoes the last change, if there is one, and says so: it may be on another screen. */
export function undoAndSay(): void {
  if (useDraft.temporal.getState().pastStates.length === 0) return;
  undo();
  announce(t('app.undone'));
}

export function redoAndSay(): void {
  if (useDraft.temporal.getState().futureStates.length === 0) return;
  redo();
  announce(t('app.redone'));
}

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
