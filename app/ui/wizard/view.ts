import { create } from 'zustand';
import { SCREENS } from '../../core/index.ts';
import { focusWhenThere } from './focus.ts';

/** What the page shows: the plan, or something to read beside it. `?view=` names it, so that it can be linked to. */
export const VIEWS = ['plan', ...SCREENS, 'targets', 'certificate', 'beside'] as const;
export type View = (typeof VIEWS)[number];

export interface Showing {
  readonly view: View;
  /** The page of a target; null: the list of them. */
  readonly page: string | null;
}

export const useView = create<Showing>(() => read());

function read(): Showing {
  const asked = new URLSearchParams(location.search);
  const view = VIEWS.find((one) => one === asked.get('view')) ?? 'plan';
  return { view, page: view === 'targets' ? asked.get('page') : null };
}

window.addEventListener('popstate', () => useView.setState(read()));

/** The address of a view. Everything else in it stays: the fragment may hold a plan. */
export function addressOf({ view, page }: Showing): string {
  const query = new URLSearchParams(location.search);
  query.delete('view');
  query.delete('page');
  if (view !== 'plan') query.set('view', view);
  if (page !== null) query.set('page', page);
  const text = query.toString();
  return `${location.pathname}${text === '' ? '' : `?${text}`}${location.hash}`;
}

/** The id of its heading. Each has its own, so that the focus waits for the screen that comes and not the one that goes. */
export const headingOf = ({ view, page }: Showing): string =>
  view === 'plan' ? 'group-heading' : page === null ? `${view}-heading` : `${view}-heading-${page}`;

/** Shows it; the browser's back returns. The heading takes the focus, so that a screen reader says where one is. */
export function show(showing: Showing, focusHeading = true): void {
  const now = useView.getState();
  if (now.view !== showing.view || now.page !== showing.page) {
    history.pushState(history.state, '', addressOf(showing));
    useView.setState(showing);
    window.scrollTo({ top: 0 });
  }
  if (focusHeading) focusWhenThere(() => document.getElementById(headingOf(showing)));
}
