import { announce } from '../shared/browser/announce.ts';
import { redo, undo, useDraft } from '../shared/draft/store.ts';
import { t } from '../shared/messages/first-screen.ts';

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
