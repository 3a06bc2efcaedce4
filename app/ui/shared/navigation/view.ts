import { create } from 'zustand';
import { EARLIER_NAMES, SCREENS } from '../../../core/index.ts';
import { focusWhenThere } from '../browser/focus.ts';

/** What the page shows. `?view=` names it, so that it can be linked to; without a name it is the start. */
export const VIEWS = [
  'start',
  'express',
  'plan',
  'plans',
  ...SCREENS,
  'targets',
  'certificate',
  'database-comparison',
] as const;
export type View = (typeof VIEWS)[number];

export interface Showing {
  readonly view: View;
  /** The page of a target; null: the list of them. */
  readonly page: string | null;
}

export const useView = create<Showing>(() => read());

/** Whether a view shows the answers of the plan. */
export const isPlanView = ({ view }: Pick<Showing, 'view'>): boolean => view === 'plan' || view === 'express';

function read(): Showing {
  const asked = new URLSearchParams(location.search);
  const name = asked.get('view') ?? '';
  // A fragment is a link to a plan, or to a screen that will be shown.
  const unnamed = name === '' && location.hash.length <= 1 ? 'start' : 'plan';
  const view = VIEWS.find((one) => one === (EARLIER_NAMES.get(name) ?? name)) ?? unnamed;
  return { view, page: view === 'targets' ? asked.get('page') : null };
}

window.addEventListener('popstate', () => useView.setState(read()));

/** The address of a view. The rest of the address is kept: the fragment may contain a plan. */
export function addressOf({ view, page }: Showing, hash = location.hash): string {
  const query = new URLSearchParams(location.search);
  query.delete('view');
  query.delete('page');
  if (view !== 'start') query.set('view', view);
  if (page !== null) query.set('page', page);
  const text = query.toString();
  return `${location.pathname}${text === '' ? '' : `?${text}`}${hash}`;
}

/**
 * The id of its heading. Each view has a different one, so that the focus waits for the new screen, not the old one.
 */
export const headingOf = ({ view, page }: Showing): string =>
  view === 'plan' ? 'group-heading' : page === null ? `${view}-heading` : `${view}-heading-${page}`;

/**
 * Shows a view; the browser's back returns. The heading gets the focus, so that a screen reader announces the view.
 * Returns whether it is another view than before, which is an entry in the browser's history.
 */
export function show(showing: Showing, focusHeading = true): boolean {
  const now = useView.getState();
  const isOther = now.view !== showing.view || now.page !== showing.page;
  if (isOther) {
    history.pushState(history.state, '', addressOf(showing));
    useView.setState(showing);
    window.scrollTo({ top: 0 });
  }
  if (focusHeading) focusWhenThere(() => document.getElementById(headingOf(showing)));
  return isOther;
}
