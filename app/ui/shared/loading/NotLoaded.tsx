import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../browser/announce.ts';
import { saveDraft } from '../draft/save-plan.ts';
import { useSaving } from '../draft/saved.ts';
import { t } from '../messages/first-screen.ts';

interface Props {
  /** Rejects if it fails again. */
  readonly again: () => Promise<void>;
  readonly className: string;
}

/** The message for a part of the page that could not be loaded, with what to do. */
export function NotLoaded({ again, className }: Props) {
  const saved = useSaving(({ works }) => works);
  const [busy, setBusy] = useState(false);
  const retry = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await again();
    } catch {
      announce(t('load.again'));
      setBusy(false);
    }
  };
  return (
    <div className={className}>
      <div className="max-w-xl rounded-md border border-deny p-3">
        <p role="alert" className="flex gap-1.5">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-deny" />
          <span className="min-w-0">
            {t('load.failed')} {t(saved ? 'load.kept' : 'load.notKept')}
          </span>
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <button type="button" className="button button-primary" aria-disabled={busy} onClick={() => void retry()}>
            {t(busy ? 'app.loading' : 'load.retry')}
          </button>
          <button type="button" className="button" onClick={() => location.reload()}>
            {t('broken.reload')}
          </button>
          {!saved && (
            <button type="button" className="button" onClick={saveDraft}>
              {t('plan.download')}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
