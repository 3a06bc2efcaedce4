import { openLinks } from '../share/open-link.ts';
import { followDraft } from './follow.ts';
import { queryClient } from './query-client.ts';

/** Starts the core beside the page: it answers every draft and opens links. */
export function start(): void {
  openLinks();
  followDraft(queryClient);
}
