import { temporal } from 'zundo';
import { create, useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import { defaultPlan, type Plan } from '../../core/index.ts';
import { at, withAt } from './at.ts';
import type { Draft } from './draft.ts';
import { DRAFT_KEY, SAVED_VERSION, type Saved, savedDrafts } from './saved.ts';

export interface DraftState extends Saved {
  /** Counts answers: typing on in one field is one answer. What the last one changed stays marked until the next. */
  readonly edit: number;
}

/** Keystrokes in one field that follow each other within this time are undone together. */
const TYPING_MS = 1200;
const UNDO_LIMIT = 200;

let typing: { readonly path: string; readonly until: number } | undefined;
let continues = false;

/** The draft, its history and its place in the browser's storage. */
export const useDraft = create<DraftState>()(
  persist(
    temporal((): DraftState => ({ draft: defaultPlan('direct'), kept: null, edit: 0 }), {
      limit: UNDO_LIMIT,
      partialize: ({ draft, kept }): Saved => ({ draft, kept }),
      equality: (before, after) => before.draft === after.draft && before.kept === after.kept,
      handleSet: (record) => (before, replace, now, delta) => {
        if (!continues) (record as (...args: unknown[]) => void)(before, replace, now, delta);
      },
    }),
    {
      name: DRAFT_KEY,
      version: SAVED_VERSION,
      storage: savedDrafts,
      partialize: ({ draft, kept }): Saved => ({ draft, kept }),
    },
  ),
);
useDraft.temporal.getState().clear();

/** The value at a path, and again whenever it changes. */
export const useAt = (path: string): unknown => useDraft((state) => at(state.draft, path));

/** Gives an answer. */
export function change(path: string, to: unknown): void {
  const now = Date.now();
  continues = typing !== undefined && typing.path === path && now < typing.until;
  typing = { path, until: now + TYPING_MS };
  useDraft.setState(({ draft, edit }) => ({ draft: withAt(draft, path, to), edit: continues ? edit : edit + 1 }));
  continues = false;
}

/** Puts another plan in the draft's place: a preset, a file, another pattern. It can be undone. */
export const replaceDraft = (draft: Draft): void => answer({ draft });

/** Shows a plan that came by a link. The user's own draft is kept aside, once. */
export const showLinkedPlan = (plan: Plan): void => {
  const { draft, kept } = useDraft.getState();
  answer({ draft: plan, kept: kept ?? draft });
};

/** Makes the plan from a link the user's own. */
export const keepLinkedPlan = (): void => answer({ kept: null });

export const backToOwnDraft = (): void => {
  const { kept } = useDraft.getState();
  if (kept) answer({ draft: kept, kept: null });
};

function answer(state: Partial<Saved>): void {
  typing = undefined;
  useDraft.setState(({ edit }) => ({ ...state, edit: edit + 1 }));
}

export const undo = (): void => travel(() => useDraft.temporal.getState().undo());
export const redo = (): void => travel(() => useDraft.temporal.getState().redo());

function travel(step: () => void): void {
  typing = undefined;
  step();
  useDraft.setState(({ edit }) => ({ edit: edit + 1 }));
}

export function useHistory(): { readonly canUndo: boolean; readonly canRedo: boolean } {
  const canUndo = useStore(useDraft.temporal, (state) => state.pastStates.length > 0);
  const canRedo = useStore(useDraft.temporal, (state) => state.futureStates.length > 0);
  return { canUndo, canRedo };
}
