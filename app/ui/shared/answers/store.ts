import { create } from 'zustand';
import type { PlanIssue } from '../../../core/index.ts';
import type { Answer, Generated } from '../../../worker/core.worker.ts';
import { useDraft } from '../draft/store.ts';
import { inOrder } from '../navigation/steps.ts';

/** What a valid draft came to. */
export interface Made extends Generated {
  /** The answer that it belongs to; see `DraftState.edit`. */
  readonly edit: number;
  /** The plan that it belongs to; see `Saved.plan`. */
  readonly of: string;
}

/** The progress of the answer to the current draft. */
export type Progress =
  /** Complete: `issues` and, without any, `made` are those of the current draft. */
  | { readonly kind: 'answered' }
  /** Requested a moment ago. The previous result stays unchanged, so that nothing flickers while typing. */
  | { readonly kind: 'updating' }
  /** It takes so long that the shown result is marked as outdated. `since`: milliseconds, of `performance.now()`. */
  | { readonly kind: 'generating'; readonly since: number }
  | { readonly kind: 'canceled' }
  /** `why`: a sentence, with what to do. */
  | { readonly kind: 'failed'; readonly why: string };

export interface Answers {
  readonly progress: Progress;
  /** Problems of the last draft that was answered. */
  readonly issues: readonly PlanIssue[];
  /** The result of the last valid draft. `useResult` tells whether that is the current draft. */
  readonly made: Made | null;
  /** What there was before the last answer. */
  readonly before: Made | null;
  /** Stops the answer that is being made. */
  readonly cancel: () => void;
  /** Requests the answer again. */
  readonly again: () => void;
}

export const useAnswers = create<Answers>(() => ({
  progress: { kind: 'updating' },
  issues: [],
  made: null,
  before: null,
  cancel: () => undefined,
  again: () => undefined,
}));

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
