import { ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { IssueCount, useIssueCounts } from '../../../shared/fields/IssueCount.tsx';
import { t } from '../../../shared/messages/translate.ts';
import { useAskedFile } from '../../../shared/navigation/file-place.ts';
import { useCounts } from './counts.ts';
import { ResultPane } from './ResultPane.tsx';

/** The result on a narrow screen: a bar with a summary, and the sheet that it opens. */
export default function Sheet() {
  const counts = useCounts();
  const issues = useIssueCounts(() => true);
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => dialog.current?.close();
  const show = () => {
    setOpen(true);
    if (!dialog.current?.open) dialog.current?.showModal();
  };
  const asked = useAskedFile(({ path }) => path !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a request opens it
  useEffect(() => {
    if (asked) show();
  }, [asked]);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        className="fixed inset-x-0 bottom-0 z-10 flex min-h-13 items-center gap-2 border-t border-edge bg-surface px-4 text-left font-semibold shadow-pop"
        onClick={show}
      >
        {counts}
        <IssueCount of={issues} className="font-normal" />
        <ChevronUp aria-hidden className="ml-auto size-5" />
      </button>
      <dialog
        ref={dialog}
        aria-labelledby="result-heading"
        className="fixed inset-x-0 top-auto bottom-0 m-0 h-[92dvh] max-h-none w-full max-w-none overflow-y-auto rounded-t-lg border-t border-edge bg-surface px-4 pb-8 text-ink backdrop:bg-scrim"
        onClose={() => setOpen(false)}
      >
        <div className="sticky top-0 z-10 -mx-4 mb-3 flex items-center gap-2 border-b border-line bg-surface px-4 py-2">
          <h2 id="result-heading" className="text-lg font-semibold">
            {t('result.title')}
          </h2>
          <button type="button" className="button-icon ml-auto" aria-label={t('result.close')} onClick={close}>
            <X aria-hidden className="size-5" />
          </button>
        </div>
        {open && <ResultPane onLeave={close} />}
      </dialog>
    </>
  );
}
