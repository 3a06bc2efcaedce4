import { withAt } from './at.ts';
import { withoutUnusedExamples } from './examples.ts';
import { replaceDraft, useDraft } from './store.ts';

/**
 * Sets the server's addresses. Without any of a family, no client can connect over it: the sources of that family that
 * are examples go with the last address, and so do no others. It is one change.
 */
export function changeAddresses(path: string, addresses: readonly string[]): void {
  const { draft } = useDraft.getState();
  replaceDraft(withoutUnusedExamples(withAt(draft, path, [...addresses]), draft));
}
