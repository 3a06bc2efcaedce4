import { isScreenLink } from '../../core/index.ts';
import { core } from '../../worker/client.ts';
import { NotLoaded, Stopped } from '../../worker/stoppable.ts';
import { failureText } from '../shared/answers/failure.ts';
import { announce } from '../shared/browser/announce.ts';
import { showLinkedPlan } from '../shared/draft/store.ts';
import { sayCore, t } from '../shared/messages/translate.ts';
import { notePlace, visit } from '../shared/navigation/place.ts';
import { tellOfLink } from './link-problem.ts';

/** Maximum number of reasons shown: a hostile link may have thousands. */
const REASONS = 5;

/** Opening a link within this time needs no message. */
const SLOW_MS = 500;

/** The link that is being opened; a newer one replaces it. */
let opening: AbortController | undefined;

/** Opens the link in the page's initial address, and later ones in the same tab. */
export function openLinks(): void {
  const open = (): void => {
    if (location.hash.length <= 1) return;
    const fragment = location.hash;
    // From here on the plan is in the draft; because the fragment is removed, a reload does not open the link again.
    notePlace({ dropFragment: true });
    void openFragment(fragment);
  };
  open();
  window.addEventListener('hashchange', open);
}

async function openFragment(fragment: string): Promise<void> {
  opening?.abort();
  const mine = new AbortController();
  opening = mine;
  const again = (): void => void openFragment(fragment);
  const slow = setTimeout(
    () =>
      tellOfLink({
        cancel: () => {
          mine.abort();
          tellOfLink({ reasons: [t('link.canceled')], again });
        },
      }),
    SLOW_MS,
  );
  try {
    await (isScreenLink(fragment) ? openScreen(fragment, mine.signal) : openPlan(fragment, mine.signal));
  } catch (error) {
    if (!(error instanceof Stopped))
      tellOfLink(
        error instanceof NotLoaded ? { reasons: [failureText(error)], again } : { reasons: [t('link.unreadable')] },
      );
  } finally {
    clearTimeout(slow);
  }
}

async function openScreen(fragment: string, signal: AbortSignal): Promise<void> {
  const screen = await import('./open-screen.ts').catch(() => {
    throw new NotLoaded();
  });
  if (!signal.aborted) screen.openScreen(fragment);
}

async function openPlan(fragment: string, signal: AbortSignal): Promise<void> {
  const opened = await core((calls) => calls.openLink(fragment), signal);
  if (signal.aborted) return;
  if (opened.ok) {
    tellOfLink({});
    showLinkedPlan(opened.value);
    visit({ step: 'review', group: 'check' });
    announce(t('link.opened'));
    return;
  }
  const reasons = opened.issues
    .slice(0, REASONS)
    .map((issue) =>
      issue.path === 'plan' ? sayCore(issue) : t('link.reasonAt', { path: issue.path, reason: sayCore(issue) }),
    );
  tellOfLink({ reasons });
}
