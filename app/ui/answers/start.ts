import { openLinks } from '../share/open-link.ts';
import { loadScreens } from '../wizard/screens.ts';
import { followDraft } from './follow.ts';
import { queryClient } from './query-client.ts';

/** By then the first files are there. */
const SETTLED_MS = 1500;

/** Starts the core beside the page: it answers every draft and opens links. */
export function start(): void {
  openLinks();
  followDraft(queryClient);
  setTimeout(loadScreens, SETTLED_MS);
}
