import { followDraft } from '../shared/answers/follow.ts';
import { followTabs } from '../shared/draft/tabs.ts';
import { openLinks } from './open-link.ts';
import { loadScreens } from './screens.ts';
import { followVersions } from './service-worker.ts';
import { followShortcuts } from './shortcuts.ts';
import { undoOnKeys } from './undo-keys.ts';

/** After this time, in milliseconds, the first files are available. */
const SETTLED_MS = 1500;

/** Starts what the page needs beyond its first screen: the keys, and the core in a worker, which answers every draft and opens links. */
export function start(): void {
  undoOnKeys();
  followShortcuts();
  followTabs();
  openLinks();
  followDraft();
  setTimeout(() => {
    loadScreens();
    void followVersions();
  }, SETTLED_MS);
}
