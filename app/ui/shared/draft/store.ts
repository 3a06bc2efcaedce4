import { temporal } from 'zundo';
import { create, useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Plan } from '../../../core/index.ts';
import { at, withAt } from './at.ts';
import { blankPlan } from './blank.ts';
import type { Draft } from './draft.ts';
import { withoutUnusedExamples } from './examples.ts';
import { keepPlan } from './kept-plans.ts';
import { DRAFT_KEY, SAVED_VERSION, type Saved } from './saved.ts';
import { newName, savedDrafts } from './tab-version.ts';

export interface DraftState extends Saved {
  /**
   * Counts answers: continued typing in one field is one answer. The changes of the last one stay marked until the
   * next.
   */
  readonly edit: number;
}

/** Keystrokes in one field that follow each other within this time are undone together. */
const TYPING_MS = 1200;
const UNDO_LIMIT = 200;

/** Used instead of a path for changes from another tab. */
const ELSEWHERE = '';

let typing: { readonly path: string; readonly until: number } | undefined;
let continues = false;

export const savedPart = ({ draft, kept, plan }: Saved): Saved => ({ draft, kept, plan });

/** The draft, its history and its storage in the browser. */
export const useDraft = create<DraftState>()(
  persist(
    temporal((): DraftState => ({ draft: blankPlan('direct'), kept: null, plan: '', edit: 0 }), {
      limit: UNDO_LIMIT,
      partialize: savedPart,
      equality: (before, after) => before.draft === after.draft && before.kept === after.kept,
      handleSet: (record) => (before, replace, now, delta) => {
        if (!continues) (record as (...args: unknown[]) => void)(before, replace, now, delta);
      },
    }),
    {
      name: DRAFT_KEY,
      version: SAVED_VERSION,
      storage: savedDrafts,
      partialize: savedPart,
    },
  ),
);
useDraft.temporal.getState().clear();

/** The value at a path, updated whenever it changes. */
export const useAt = (path: string): unknown => useDraft((state) => at(state.draft, path));

/** Sets an answer. */
export function change(path: string, to: unknown): void {
  const now = Date.now();
  continues = typing !== undefined && typing.path === path && now < typing.until;
  typing = { path, until: now + TYPING_MS };
  useDraft.setState(({ draft, edit }) => ({ draft: withAt(draft, path, to), edit: continues ? edit : edit + 1 }));
  continues = false;
}

/** Changes many answers at once, as another pattern does. It can be undone. */
export const replaceDraft = (draft: Draft): void => answer({ draft });

/** Opens another plan, such as a preset or a file, as a plan of its own. The present one is kept; undo returns to it. */
export const openPlan = (draft: Draft, plan = newName()): void => {
  keepPresent();
  answer({ draft, kept: null, plan });
};

/** Keeps the plan that is about to be replaced, and the user's own behind a plan from a link. */
function keepPresent(): void {
  const { draft, kept, plan } = useDraft.getState();
  keepPlan(plan, draft);
  if (kept) keepPlan(newName(), kept);
}

/** Shows a plan from a link. The user's own draft is kept, once. */
export const showLinkedPlan = (plan: Plan): void => {
  const { draft, kept, plan: shown } = useDraft.getState();
  if (kept) keepPlan(shown, draft);
  answer({ draft: plan, kept: kept ?? draft, plan: newName() });
};

/** Makes the plan from a link the one that is edited; the user's own is kept among the plans. */
export const keepLinkedPlan = (): void => {
  const { kept } = useDraft.getState();
  if (kept) keepPlan(newName(), kept);
  answer({ kept: null });
};

export const backToOwnDraft = (): void => {
  const { draft, kept, plan } = useDraft.getState();
  if (!kept) return;
  keepPlan(plan, draft);
  answer({ draft: kept, kept: null, plan: newName() });
};

/** Shows another tab's version of the plan, or another saved version. It can be undone. */
export function showVersion({ draft, kept, plan }: Saved): void {
  const now = Date.now();
  // Text typed in another tab arrives key by key, and is undone together as well.
  continues = typing?.path === ELSEWHERE && now < typing.until;
  useDraft.setState(({ edit }) => ({ draft, kept, plan, edit: continues ? edit : edit + 1 }));
  continues = false;
  typing = { path: ELSEWHERE, until: now + TYPING_MS };
}

/**
 * Sets the server's addresses. Without any of a family, no client can connect over it: the sources of that family that
 * are examples go with the last address, and so do no others. It is one change.
 */
export function changeAddresses(path: string, addresses: readonly string[]): void {
  const { draft } = useDraft.getState();
  replaceDraft(withoutUnusedExamples(withAt(draft, path, [...addresses]), draft));
}

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
