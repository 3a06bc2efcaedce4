import { create } from 'zustand';
import { useDraft } from '../shared/draft/store.ts';
import { usePlace, visit } from '../shared/navigation/place.ts';
import { spotsBeside } from '../shared/navigation/spots.ts';
import { useView } from '../shared/navigation/view.ts';
import { isMac } from './mac.ts';
import { openOverlay } from './overlay.ts';

const KEY = 'postern.single-keys';

const saved = (): boolean => {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
};

/**
 * Whether a key without a modifier is a shortcut. It can be turned off, as WCAG 2.1.4 asks: speech input types letters
 * and signs, which would otherwise trigger it.
 */
export const useSingleKeys = create<{ readonly on: boolean }>(() => ({ on: saved() }));

export function setSingleKeys(on: boolean): void {
  useSingleKeys.setState({ on });
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}

const TYPES = 'input:not([type=radio],[type=checkbox]), select, textarea, [contenteditable]';

/**
 * The shortcuts of the page, except undo (see undo-keys.ts). Returns a function that removes the listener.
 *
 * Ctrl+K (⌘K on macOS, where Ctrl+K deletes to the end of the line) is what most programs use for such a palette. The
 * browsers that use it for their search field let a page have it. Alt+Page Down and Alt+Page Up move through the screens
 * of the plan: Alt with the arrow keys is back and forward in browsers, Ctrl+Page Down switches tabs, Ctrl+Alt with the
 * arrow keys reads tables in screen readers and switches workspaces in desktops, and Alt with a digit switches tabs in
 * Firefox. They type nothing, so they also work in a text field. Letters without a modifier are navigation keys of
 * screen readers, so there are none; `?` is not, and can be turned off.
 */
export function followShortcuts(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (!act(event)) return;
    event.preventDefault();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

/** Whether the key was a shortcut. */
function act(event: KeyboardEvent): boolean {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
  const command = isMac() ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (command && !altKey && !shiftKey && key.toLowerCase() === 'k') {
    openOverlay('palette');
    return true;
  }
  if (key === '?' && !ctrlKey && !metaKey && !altKey) {
    const typing = event.target instanceof Element && event.target.closest(TYPES) !== null;
    if (typing || !useSingleKeys.getState().on) return false;
    openOverlay('help');
    return true;
  }
  if (altKey && !ctrlKey && !metaKey && !shiftKey && (key === 'PageDown' || key === 'PageUp'))
    return turn(key === 'PageDown' ? 'after' : 'before');
  return false;
}

/** Shows the next or previous screen of the plan. A dialog above it keeps the keys. */
function turn(to: 'before' | 'after'): boolean {
  if (useView.getState().view !== 'plan' || document.querySelector('dialog[open]')) return false;
  const spot = spotsBeside(usePlace.getState(), useDraft.getState().draft.network.pattern)[to];
  if (spot) visit(spot);
  return true;
}
