import { CircleAlert, Download, FolderOpen } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { saveDraft } from '../../../shared/draft/save-plan.ts';
import { t } from '../../../shared/messages/translate.ts';
import { readPlan } from './read-plan.ts';

/** The plan itself, to save and to open again. */
export function PlanFile() {
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);

  const open = async (file: File | undefined) => {
    if (file) setRefused(await readPlan(file));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void open(event.dataTransfer.files[0]);
  };
  return (
    <section
      aria-labelledby="plan-heading"
      className={`rounded-md border border-dashed p-3 ${over ? 'border-accent bg-tint' : 'border-edge'}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <h2 id="plan-heading" className="text-lg font-semibold">
        {t('plan.title')}
      </h2>
      <p className="mb-2 text-muted">{t('plan.about')}</p>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="button" onClick={saveDraft}>
          <Download aria-hidden className="size-4" />
          {t('plan.download')}
        </button>
        <button type="button" className="button" onClick={() => chooser.current?.click()}>
          <FolderOpen aria-hidden className="size-4" />
          {t('plan.open')}
        </button>
        <input
          ref={chooser}
          type="file"
          accept=".json,application/json"
          aria-label={t('plan.file')}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            void open(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      {refused.length > 0 && (
        <div role="alert" className="mt-3 flex gap-1.5">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-deny" />
          <div className="min-w-0">
            <p>{t('plan.refused')}</p>
            <ul className="list-disc pl-4 break-words">
              {refused.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </section>
  );
}
