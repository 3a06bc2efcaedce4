import { Component, type ReactNode } from 'react';
import { DRAFT_KEY } from '../draft/saved.ts';
import { useDraft } from '../draft/store.ts';
import { t } from '../messages/translate.ts';
import { saveText } from '../share/save.ts';

interface State {
  readonly failure: string | null;
}

/** What stands in place of a page that broke: the draft can be taken out, and one can start anew. */
export class LastResort extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
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
          <button
            type="button"
            className="button"
            onClick={() => {
              localStorage.removeItem(DRAFT_KEY);
              history.replaceState(null, '', location.pathname);
              location.reload();
            }}
          >
            {t('broken.startAnew')}
          </button>
        </div>
      </main>
    );
  }
}
