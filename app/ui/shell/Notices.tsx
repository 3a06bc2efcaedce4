import { X } from 'lucide-react';
import { useEffect } from 'react';
import { dismissNotice, useNotice } from '../shared/browser/announce.ts';
import { undo } from '../shared/draft/store.ts';
import { t } from '../shared/messages/translate.ts';

const SHOWN_MS = 8000;

/** The last event, announced once, with an undo button if it can be undone. */
export function Notices() {
  const { notice } = useNotice();
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(dismissNotice, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-16 z-30 flex justify-center px-4 lg:bottom-4"
    >
      {notice && (
        <div
          key={notice.number}
          className="pointer-events-auto flex max-w-md items-center gap-2 rounded-md border border-edge bg-surface py-1 pr-1 pl-3 shadow-pop"
        >
          <p className="min-w-0 py-1 break-words">{notice.text}</p>
          {notice.undoable && (
            <button
              type="button"
              className="button-quiet"
              onClick={() => {
                (notice.undo ?? undo)();
                dismissNotice();
              }}
            >
              {t('app.undo')}
            </button>
          )}
          <button type="button" className="button-icon size-8" aria-label={t('banner.dismiss')} onClick={dismissNotice}>
            <X aria-hidden className="size-4" />
          </button>
        </div>
      )}
    </div>
  );
}
