import { NotLoaded } from '../../../worker/stoppable.ts';
import { readText } from '../../features/certificate/store.ts';
import { readPlanText } from '../../features/plan/share/read-plan.ts';
import { failureText } from '../../shared/answers/failure.ts';
import { announce } from '../../shared/browser/announce.ts';
import { isUntouched } from '../../shared/draft/blank.ts';
import { useDraft } from '../../shared/draft/store.ts';
import { t } from '../../shared/messages/translate.ts';
import { visit } from '../../shared/navigation/place.ts';
import { show } from '../../shared/navigation/view.ts';
import { addFiles } from '../../shared/server-files/add-files.ts';
import { useAsked } from '../../shared/server-files/screen-state.ts';
import { CONF, chooseMajor, chooseSource, editText, HBA, isMajor } from '../../shared/server-files/store.ts';
import type { Kind } from './recognize.ts';

/** The version of the user's plan, for a text that names none; null for a plan in which nothing is answered. */
function planMajor(): number | null {
  const { draft } = useDraft.getState();
  return isUntouched(draft) ? null : Number(draft.server.major);
}

/** Opens a pasted text on the screen for its kind. `major`: the version that it names. Returns the reasons if it can't. */
export async function openPasted(kind: Kind, text: string, named: number | null): Promise<readonly string[]> {
  const major = named ?? planMajor();
  switch (kind) {
    case 'rules':
    case 'settings':
      // The editor can undo this, so that a file that was there is not lost.
      editText(kind === 'rules' ? HBA : CONF, text);
      chooseSource('files');
      if (isMajor(major)) chooseMajor(major);
      show({ view: 'audit', page: null });
      return [];
    case 'shown-settings': {
      const part = await import('./shown-settings.ts').catch(() => null);
      if (!part) return [failureText(new NotLoaded())];
      const shown = part.readShownSettings(text);
      if (!shown) return [t('pasted.noSettings')];
      editText(CONF, shown.conf);
      chooseSource('files');
      if (isMajor(shown.major)) chooseMajor(shown.major);
      show({ view: 'audit', page: null });
      return [];
    }
    case 'message':
      if (isMajor(major)) chooseMajor(major);
      useAsked.setState({ refusal: text });
      show({ view: 'refusal', page: null });
      return [];
    case 'roles':
      useAsked.setState(({ import: before }) => ({ import: { ...before, roles: text } }));
      show({ view: 'import', page: null });
      return [];
    case 'certificate':
      void readText(text);
      show({ view: 'certificate', page: null });
      return [];
    case 'private-key':
      return [t('pasted.privateKey')];
    case 'link':
      // The page opens the fragment itself, and nothing is fetched from the address.
      location.hash = text.trim().replace(/^[^#]*/, '');
      return [];
    case 'plan': {
      const reasons = await readPlanText(t('pasted.pastedPlan'), text.trim());
      if (reasons.length === 0) visit({ step: 'review', group: 'check' });
      return reasons;
    }
  }
}

/** Opens server files, pasted or chosen, on the screen that checks them, and says which ones can't be read. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const refused = await addFiles(files);
  show({ view: 'audit', page: null });
  if (refused.length > 0) announce(refused.join(' '));
}
