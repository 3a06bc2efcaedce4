import { create } from 'zustand';
import type { Bundle, Plan, PlanIssue } from '../../core/index.ts';
import type { Answer, Scene } from '../../worker/core.worker.ts';

/** What a valid draft came to. */
export interface Made {
  readonly plan: Plan;
  readonly bundle: Bundle;
  readonly scene: Scene;
  /** The answer that it belongs to; see `DraftState.edit`. */
  readonly edit: number;
}

export interface Answers {
  /** Refusals of the draft as it stands. */
  readonly issues: readonly PlanIssue[];
  /** What the last valid draft came to: it stays in sight while the draft is not valid. */
  readonly made: Made | null;
  /** The files as they were before the last answer. */
  readonly before: Bundle | null;
  /** Why the core gave up, which it should not. */
  readonly failure: string | null;
}

export const useAnswers = create<Answers>(() => ({ issues: [], made: null, before: null, failure: null }));

export function takeAnswer(answer: Answer, edit: number): void {
  if (!answer.ok) {
    useAnswers.setState({ issues: answer.issues, failure: null });
    return;
  }
  useAnswers.setState(({ made, before }) => ({
    issues: [],
    failure: null,
    before: made && made.edit !== edit ? made.bundle : before,
    made: { plan: answer.plan, bundle: answer.bundle, scene: answer.scene, edit },
  }));
}
