import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { dismissNotice, type Notice, useNotice } from '../shared/browser/announce.ts';
import { useDraft } from '../shared/draft/store.ts';
import { t } from '../shared/messages/translate.ts';
import { undoAndSay } from './undo.ts';
import { useReturnedFocus } from './use-returned-focus.ts';

const SHOWN_MS = 8000;

/**
 * The last event, announced once, with an undo button if it can be undone. It has its own space at the end of the page,
 * so that it can cover nothing that can't be scrolled away from it; on a wide screen it is below the form, and the files
 * stay free.
 */
export function Notices() {
  const { notice } = useNotice();
  return (
    <div
      role="status"
      className="pointer-events-none sticky bottom-16 z-30 flex justify-center px-4 lg:bottom-4 lg:justify-start"
    >
      {notice && <Toast key={notice.number} notice={notice} />}
    </div>
  );
}

function Toast({ notice }: { readonly notice: Notice }) {
  const own = useRef<HTMLDivElement>(null);
  useReturnedFocus(own);
  useEffect(() => {
    const timer = setTimeout(dismissNotice, SHOWN_MS);
    // After another change, its button would undo that one; and another plan makes what it says untrue.
    const unsubscribe = useDraft.subscribe((now, before) => {
      const ofDraft = notice.undoable && !notice.undo;
      if (ofDraft ? now.draft !== before.draft : now.plan !== before.plan) dismissNotice();
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [notice]);
  return (
    <div
      ref={own}
      className="pointer-events-auto my-2 flex max-w-md items-center gap-2 rounded-md border border-edge bg-surface py-1 pr-1 pl-3 shadow-pop"
    >
      <p className="min-w-0 py-1 break-words">{notice.text}</p>
      {notice.undoable && (
        <button type="button" className="button-quiet" onClick={() => undoNotice(notice)}>
          {t('app.undo')}
        </button>
      )}
      <button type="button" className="button-icon size-8" aria-label={t('banner.dismiss')} onClick={dismissNotice}>
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}

function undoNotice({ undo }: Notice): void {
  if (undo) {
    undo();
    dismissNotice();
  } else undoAndSay();
}
