import { create } from 'zustand';
import type { PlanIssue } from '../../../core/index.ts';
import type { Generated } from '../../../worker/core.worker.ts';

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
  /** The result of the last valid draft. `useResultState` tells whether that is the current draft. */
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
