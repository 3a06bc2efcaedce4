import { announce } from '../../shared/browser/announce.ts';
import { t } from '../../shared/messages/first-screen.ts';
import type { Kind } from './recognize.ts';

/** What opens a text or a file, which the start page itself does not need. */
const opening = () => import('./open-pasted.ts').catch(() => null);

/** Opens a pasted text on the screen for its kind. `major`: the version that it names. Returns the reasons if it can't. */
export async function openPasted(kind: Kind, text: string, major: number | null): Promise<readonly string[]> {
  const part = await opening();
  return part ? part.openPasted(kind, text, major) : [t('load.failed')];
}

/** Opens server files, pasted or chosen, on the screen that checks them, and says which ones can't be read. */
export async function openFiles(files: Iterable<File>): Promise<void> {
  // The list of a field is emptied with the field.
  const chosen = [...files];
  const part = await opening();
  if (part) await part.openFiles(chosen);
  else announce(t('load.failed'));
}
