import { create } from 'zustand';
import { saveNow } from '../shared/draft/tab-version.ts';
import { useTabSaving } from '../shared/server-files/tab-storage.ts';

/** After this time, in milliseconds, the page reloads even if the browser has not reported that the update is active. */
const PATIENCE_MS = 5000;

interface Update {
  /** The service worker of a newer version than the one that this page shows. */
  readonly waiting: ServiceWorker | null;
  /** Whether the user asked for the update although a reload would lose the draft or the files. */
  readonly unsaved: boolean;
}

const none: Update = { waiting: null, unsaved: false };

export const useUpdate = create<Update>(() => none);

export const offerUpdate = (waiting: ServiceWorker): void => useUpdate.setState({ waiting, unsaved: false });

export const updateLater = (): void => useUpdate.setState(none);

/** Updates if everything is saved, and otherwise lets the user decide again. */
export function updateNow(): void {
  if (saveNow() && useTabSaving.getState().works) updateAnyway();
  else useUpdate.setState({ unsaved: true });
}

/** Activates the new version and loads it. The draft and the files are in the browser's storage. */
export function updateAnyway(): void {
  const { waiting } = useUpdate.getState();
  // Another tab may have activated it already.
  if (waiting?.state !== 'installed') {
    location.reload();
    return;
  }
  waiting.addEventListener('statechange', () => waiting.state === 'activated' && location.reload());
  setTimeout(() => location.reload(), PATIENCE_MS);
  waiting.postMessage('activate');
}
