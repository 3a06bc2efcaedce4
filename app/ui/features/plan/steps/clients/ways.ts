import { type Via, WAYS } from '../../../../../core/index.ts';
import type { DraftClient } from '../../../../shared/draft/draft.ts';
import { useDraft } from '../../../../shared/draft/store.ts';

/** How clients can connect in the pattern. */
export const useWays = (): readonly Via[] => useDraft((state) => WAYS[state.draft.network.pattern]);

/** The client with another access path. On the server itself it has no network, and `peer` instead of a password. */
export function withWay(client: DraftClient, via: Via): DraftClient {
  const socket = via === 'socket';
  if (socket === (client.via === 'socket')) return { ...client, via };
  return { ...client, via, sources: socket ? [] : client.sources, auth: { method: socket ? 'peer' : 'scram' } };
}
