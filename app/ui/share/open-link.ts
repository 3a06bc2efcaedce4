import { isScreenLink } from '../../core/index.ts';
import { core } from '../../worker/client.ts';
import { showLinkedPlan } from '../draft/store.ts';
import { sayCore, t } from '../messages/translate.ts';
import { announce } from '../wizard/announce.ts';
import { notePlace, visit } from '../wizard/place.ts';
import { useLinkProblem } from './link-problem.ts';

/** How many reasons are shown: a hostile link may have thousands. */
const REASONS = 5;

/** Opens the link that the page was called with, and those that follow in the same tab. */
export function openLinks(): void {
  void openFragment(location.hash);
  window.addEventListener('hashchange', () => void openFragment(location.hash));
}

async function openFragment(fragment: string): Promise<void> {
  if (fragment.length <= 1) return;
  // The plan lives in the draft from here on; with the fragment gone, a reload does not open the link again.
  notePlace({ dropFragment: true });
  if (isScreenLink(fragment)) return (await import('../own/open-screen.ts')).openScreen(fragment);
  try {
    const opened = await core.openLink(fragment);
    if (opened.ok) {
      useLinkProblem.setState({ reasons: [] });
      showLinkedPlan(opened.value);
      visit({ step: 'review', group: 'check' });
      announce(t('link.opened'));
    } else {
      const reasons = opened.issues
        .slice(0, REASONS)
        .map((issue) =>
          issue.path === 'plan' ? sayCore(issue) : t('link.reasonAt', { path: issue.path, reason: sayCore(issue) }),
        );
      useLinkProblem.setState({ reasons });
    }
  } catch {
    useLinkProblem.setState({ reasons: [t('link.unreadable')] });
  }
}
