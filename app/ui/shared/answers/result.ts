import { announce } from '../browser/announce.ts';
import { t } from '../messages/translate.ts';
import { type Answers, type Made, useAnswers } from './store.ts';

/**
 * The state of the result on the screen: that of the current plan, that of the current plan with example values in it,
 * or an outdated one and why.
 */
export type ResultState = 'current' | 'examples' | 'invalid' | 'generating' | 'canceled' | 'failed';

/** About as long as browsers let a page copy after a click, and as users remember it. */
const CLICK_MS = 3000;

export function stateOf({ progress, issues, made }: Answers): ResultState {
  // The appearance does not change until an answer takes long.
  if (progress.kind !== 'answered' && progress.kind !== 'updating') return progress.kind;
  if (issues.length > 0) return 'invalid';
  return made && made.examples.length > 0 ? 'examples' : 'current';
}

export const useResultState = (): ResultState => useAnswers(stateOf);

export const isOutdated = (state: ResultState): boolean => state !== 'current' && state !== 'examples';

/** The result is not that of the current plan: it is marked, and cannot be copied or downloaded. */
export const useOutdated = (): boolean => useAnswers((state) => isOutdated(stateOf(state)));

/** The files cannot be copied or downloaded: they are outdated, or have example values in them. */
export const useWithheld = (): boolean => useAnswers((state) => stateOf(state) !== 'current');

/** Why the files cannot be copied or downloaded, in one sentence. */
export const withheldText = (): string =>
  t(stateOf(useAnswers.getState()) === 'examples' ? 'result.examplesNotTaken' : 'result.notTaken');

interface Taking {
  /** The action is about the plan, which may have example values in it, and not about its files. */
  readonly ofPlan?: boolean;
}

/**
 * Performs an action on the result of the current plan. Waits for an answer in progress, for example after an entry
 * that the click itself completed; if none arrives soon, nothing is done and the user is informed.
 */
export async function withCurrent(
  act: (made: Made) => void | Promise<void>,
  { ofPlan = false }: Taking = {},
): Promise<void> {
  const made = useAnswers.getState().progress.kind === 'updating' ? await answered() : currentNow();
  if (made && (ofPlan || made.examples.length === 0)) await act(made);
  else announce(withheldText());
}

function currentNow(): Made | null {
  const { progress, issues, made } = useAnswers.getState();
  return progress.kind === 'answered' && issues.length === 0 ? made : null;
}

function answered(): Promise<Made | null> {
  return new Promise((resolve) => {
    const end = (): void => {
      unsubscribe();
      clearTimeout(timer);
      resolve(currentNow());
    };
    const timer = setTimeout(end, CLICK_MS);
    const unsubscribe = useAnswers.subscribe(({ progress }) => {
      if (progress.kind !== 'updating' && progress.kind !== 'generating') end();
    });
  });
}
