import type { Answer } from '../../../worker/core.worker.ts';
import { useDraft } from '../draft/store.ts';
import { inOrder } from '../navigation/spots.ts';
import { useAnswers } from './store.ts';

interface Belongs {
  readonly edit: number;
  /** The plan's identifier; see `Saved.plan`. */
  readonly plan: string;
  /** Whether it is the current draft. */
  readonly ofNow: boolean;
}

/** Stores the answer to a draft. The files of one plan are neither shown nor compared as an earlier state of another. */
export function takeAnswer(answer: Answer, { edit, plan, ofNow }: Belongs): void {
  const progress = ofNow ? ({ kind: 'answered' } as const) : useAnswers.getState().progress;
  if (!answer.ok) {
    useAnswers.setState(({ made, before }) => ({
      progress,
      issues: inOrder(answer.issues, useDraft.getState().draft.network.pattern),
      ...(made && made.of !== plan ? { made: null, before: null } : { made, before }),
    }));
    return;
  }
  useAnswers.setState(({ made, before }) => ({
    progress,
    issues: [],
    before: made?.of !== plan ? null : made.edit !== edit ? made : before,
    made: { ...answer.value, edit, of: plan },
  }));
}
