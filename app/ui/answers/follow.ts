import type { QueryClient } from '@tanstack/react-query';
import { core } from '../../worker/client.ts';
import type { Answer } from '../../worker/core.worker.ts';
import { useDraft } from '../draft/store.ts';
import { takeAnswer, useAnswers } from './store.ts';

/** Answers that were left by undo come back without work. */
const KEEP_MS = 60_000;

/** Asks the core about every draft from now on. While it works on one, only the newest waits. */
export function followDraft(client: QueryClient): () => void {
  let working = false;
  let waiting = false;

  async function ask(): Promise<void> {
    waiting = working;
    if (working) return;
    working = true;
    const { draft, edit } = useDraft.getState();
    try {
      const answer = await client.fetchQuery<Answer>({
        queryKey: ['answer', draft],
        queryFn: () => core.answer(draft),
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: KEEP_MS,
        retry: false,
        networkMode: 'always',
      });
      takeAnswer(answer, edit);
    } catch (error) {
      useAnswers.setState({ failure: error instanceof Error ? error.message : String(error) });
    }
    working = false;
    if (waiting) await ask();
  }

  void ask();
  return useDraft.subscribe((now, before) => {
    if (now.draft !== before.draft) void ask();
  });
}
