import { create } from 'zustand';
import type { Pattern } from '../../../core/index.ts';
import { focusWhenThere } from '../browser/focus.ts';
import { useDraft } from '../draft/store.ts';
import { groupsOf, type Spot, STEPS, type Step } from './steps.ts';
import { addressOf, show, useView } from './view.ts';

interface Place extends Spot {
  /** The open entry of each list of entries, by the list's path. */
  readonly open: Readonly<Record<string, number | null>>;
  /** The steps that the user has gone through in this plan since the page was opened. */
  readonly left: { readonly plan: string; readonly steps: readonly Step[] };
}

const start: Place = { step: 'pattern', group: 'choice', open: {}, left: { plan: '', steps: [] } };

/** The user's current place. The browser's back and forward move through it. */
export const usePlace = create<Place>(() => ({ ...start, ...remembered() }));

function remembered(): Partial<Spot> {
  const state: unknown = history.state;
  if (typeof state !== 'object' || state === null || !('step' in state) || !('group' in state)) return {};
  const step = STEPS.find((one) => one === state.step);
  const group = step && groupsOf(step, pattern()).find((one) => one === state.group);
  return step && group ? { step, group } : {};
}

function pattern(): Pattern {
  return useDraft.getState().draft.network.pattern;
}

/** Records the place in the browser's history, without the fragment if that has been read. */
export function notePlace({ dropFragment = false } = {}): void {
  const { step, group } = usePlace.getState();
  history.replaceState({ step, group }, '', dropFragment ? addressOf(useView.getState(), '') : undefined);
}

notePlace();
// An entry without a place is a fragment that was typed or clicked: a link, which does not move the user by itself.
window.addEventListener('popstate', () => usePlace.setState(remembered()));

/** Shows a screen. The heading gets the focus, so that a screen reader announces the screen. */
export function visit(spot: Spot, focusHeading = true): void {
  const fromOther = show({ view: 'plan', page: null }, false);
  const { step, group } = usePlace.getState();
  if (step !== spot.step || group !== spot.group) {
    const place = { step: spot.step, group: spot.group };
    // Another view and another screen of the plan are one step back.
    if (fromOther) history.replaceState(place, '');
    else history.pushState(place, '');
    usePlace.setState({ step: spot.step, group: spot.group, left: nowLeft(step, spot.step) });
    if (focusHeading) window.scrollTo({ top: 0 });
  }
  if (focusHeading) focusWhenThere(() => document.getElementById('group-heading'));
}

function nowLeft(from: Step, to: Step): Place['left'] {
  const { left } = usePlace.getState();
  const { plan } = useDraft.getState();
  const steps = left.plan === plan ? left.steps : [];
  return { plan, steps: from === to || steps.includes(from) ? steps : [...steps, from] };
}

export const visitStep = (step: Step): void => {
  const [group = 'choice'] = groupsOf(step, pattern());
  visit({ step, group });
};

export function openEntry(list: string, index: number | null): void {
  usePlace.setState(({ open }) => ({ open: { ...open, [list]: index } }));
}
