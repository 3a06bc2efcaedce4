import { saveText } from '../shared/browser/save.ts';
import { DRAFT_KEY } from '../shared/draft/saved.ts';
import { useDraft } from '../shared/draft/store.ts';
import { t } from '../shared/messages/translate.ts';
import { userFiles, useServerFiles } from '../shared/server-files/store.ts';

/** The page after a crash: the draft and the files can be downloaded, and the user can start over without them. */
export default function Crashed({ failure }: { readonly failure: string }) {
  return (
    <main className="mx-auto max-w-xl space-y-4 p-6">
      <h1 className="text-xl font-semibold">{t('broken.title')}</h1>
      <p>{t('broken.text', { failure })}</p>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="button button-primary" onClick={() => location.reload()}>
          {t('broken.reload')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => saveText('postern-draft.json', JSON.stringify(useDraft.getState().draft, null, 2))}
        >
          {t('broken.download')}
        </button>
        <button type="button" className="button" disabled={userFiles().length === 0} onClick={saveFiles}>
          {t('broken.downloadFiles')}
        </button>
        <button type="button" className="button" onClick={startOver}>
          {t('broken.startOver')}
        </button>
      </div>
    </main>
  );
}

function saveFiles(): void {
  for (const { name, text } of userFiles()) saveText(name.split('/').at(-1) ?? name, text);
}

/**
 * Clears everything that the page would load again and that might crash it: the draft, the files of the tab, the
 * address.
 */
function startOver(): void {
  useServerFiles.persist.clearStorage();
  localStorage.removeItem(DRAFT_KEY);
  history.replaceState(null, '', location.pathname);
  location.reload();
}
