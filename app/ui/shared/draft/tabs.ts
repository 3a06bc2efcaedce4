import { announce } from '../browser/announce.ts';
import { t } from '../messages/translate.ts';
import { DRAFT_KEY } from './saved.ts';
import { savedPart, showVersion, useDraft } from './store.ts';
import { noteSaved } from './tab-version.ts';

/** Interval in milliseconds within which typing in another tab is announced only once. */
const TOLD_MS = 10_000;

/** Follows changes in other tabs to the plan that this one shows. */
export function followTabs(): void {
  let told = 0;
  const note = (text: string | null): void => {
    const state = noteSaved(text, savedPart(useDraft.getState()));
    if (!state) return;
    showVersion(state);
    if (Date.now() - told > TOLD_MS) announce(t('tabs.followed'), { undoable: true });
    told = Date.now();
  };
  const look = (): void => {
    try {
      note(localStorage.getItem(DRAFT_KEY));
    } catch {
      // Without storage there is nothing to follow.
    }
  };
  window.addEventListener('storage', ({ key, newValue, storageArea }) => {
    // Without a key, the storage was cleared.
    if (storageArea === localStorage && (key === DRAFT_KEY || key === null)) note(key === null ? null : newValue);
  });
  // A page that was frozen, for example in the back/forward cache, received no events meanwhile.
  window.addEventListener('pageshow', ({ persisted }) => persisted && look());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look());
  look();
}
