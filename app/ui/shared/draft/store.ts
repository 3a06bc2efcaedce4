import { temporal } from 'zundo';
import { create, useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Plan } from '../../../core/index.ts';
import { announce } from '../browser/announce.ts';
import { t } from '../messages/first-screen.ts';
import { at, withAt } from './at.ts';
import { blankPlan } from './blank.ts';
import type { Draft } from './draft.ts';
import { keepPlan, removePlan } from './kept-plans.ts';
import { newName } from './new-name.ts';
import { DRAFT_KEY, guarded, SAVED_VERSION, type Saved, useSaving } from './saved.ts';
import { savedDrafts } from './tab-version.ts';

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

export const savedPart = ({ draft, kept, plan, keptPlan = '' }: Saved): Saved => ({
  draft,
  kept,
  plan,
  ...(keptPlan !== '' && { keptPlan }),
});

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

/** Sets one answer. Each call sends a draft to the worker, so use `replaceDraft` to set several answers. */
export function change(path: string, to: unknown): void {
  const now = Date.now();
  continues = typing !== undefined && typing.path === path && now < typing.until;
  typing = { path, until: now + TYPING_MS };
  useDraft.setState(({ draft, edit }) => ({ draft: withAt(draft, path, to), edit: continues ? edit : edit + 1 }));
  continues = false;
}

/** Changes many answers at once, as another pattern does. It can be undone. */
export const replaceDraft = (draft: Draft): void => answer({ draft });

interface Opening {
  /** Its identifier, for a plan that has one. */
  readonly plan?: string;
  /** Whether it exists elsewhere, as presets and files do. It is kept only once it is edited. */
  readonly copy?: boolean;
}

/**
 * Opens another plan as a plan of its own. The present one is kept; undo returns to it. Returns false where there is no
 * space for it: then nothing is opened, and the user is told.
 */
export function openPlan(draft: Draft, { plan = newName(), copy = false }: Opening = {}): boolean {
  const { kept, keptPlan = '' } = useDraft.getState();
  if (!keepPresent() || (kept && !keepPlan(keptPlan, kept))) {
    announce(t('plans.noSpace'));
    return false;
  }
  answer({ draft, kept: null, plan, keptPlan: '' });
  noteCopy(copy ? draft : null);
  // Where the draft itself can't be saved, the kept one is all that survives a reload.
  if (useSaving.getState().works) removePlan(plan);
  return true;
}

/** The text of the plan as it was opened, if it exists elsewhere. */
const COPY_KEY = 'postern.opened-copy';

const noteCopy = (draft: Draft | null): void =>
  void guarded(() =>
    draft === null ? localStorage.removeItem(COPY_KEY) : localStorage.setItem(COPY_KEY, JSON.stringify(draft)),
  );

const isCopy = (draft: Draft): boolean => guarded(() => localStorage.getItem(COPY_KEY)) === JSON.stringify(draft);

/**
 * Keeps the plan that is about to be replaced, unless it is a copy that nobody has edited. Otherwise looking at examples
 * would fill the list, and links, which come from strangers, the storage.
 */
function keepPresent(): boolean {
  const { draft } = useDraft.getState();
  return isCopy(draft) || keepPlan(named(), draft);
}

/** The identifier of the present plan. The first plan of a browser has none until it is kept. */
function named(): string {
  const { plan } = useDraft.getState();
  if (plan !== '') return plan;
  const name = newName();
  useDraft.setState({ plan: name });
  return name;
}

/** Shows a plan from a link. The user's own draft is kept, once. */
export const showLinkedPlan = (linked: Plan): void => {
  const { draft, kept, keptPlan = '' } = useDraft.getState();
  if (kept) keepPresent();
  answer({ draft: linked, kept: kept ?? draft, keptPlan: kept ? keptPlan : named(), plan: newName() });
  noteCopy(linked);
};

/** Makes the plan from a link the one that is edited; the user's own is kept among the plans. */
export const keepLinkedPlan = (): void => {
  const { kept, keptPlan = '' } = useDraft.getState();
  if (kept && !keepPlan(keptPlan, kept)) announce(t('plans.noSpace'));
  else answer({ kept: null, keptPlan: '' });
};

export const backToOwnDraft = (): void => {
  const { kept, keptPlan = '' } = useDraft.getState();
  if (!kept) return;
  keepPresent();
  answer({ draft: kept, kept: null, plan: keptPlan || newName(), keptPlan: '' });
};

/** Shows another tab's version of the plan, or another saved version. It can be undone. */
export function showVersion({ draft, kept, plan, keptPlan = '' }: Saved): void {
  const now = Date.now();
  // Text typed in another tab arrives key by key, and is undone together as well.
  continues = typing?.path === ELSEWHERE && now < typing.until;
  useDraft.setState(({ edit }) => ({ draft, kept, plan, keptPlan, edit: continues ? edit : edit + 1 }));
  continues = false;
  typing = { path: ELSEWHERE, until: now + TYPING_MS };
}

function answer(state: Partial<Saved>): void {
  typing = undefined;
  useDraft.setState(({ edit }) => ({ ...state, edit: edit + 1 }));
}

export const undo = (): void => travel(() => useDraft.temporal.getState().undo());
export const redo = (): void => travel(() => useDraft.temporal.getState().redo());

function travel(step: () => void): void {
  typing = undefined;
  const before = useDraft.getState();
  step();
  const { plan } = useDraft.getState();
  if (plan !== before.plan) {
    // The plan that it leaves is kept as well.
    if (!isCopy(before.draft)) keepPlan(before.plan, before.draft);
    removePlan(plan);
  }
  useDraft.setState(({ edit }) => ({ edit: edit + 1 }));
}

export function useHistory(): { readonly canUndo: boolean; readonly canRedo: boolean } {
  const canUndo = useStore(useDraft.temporal, (state) => state.pastStates.length > 0);
  const canRedo = useStore(useDraft.temporal, (state) => state.futureStates.length > 0);
  return { canUndo, canRedo };
}
