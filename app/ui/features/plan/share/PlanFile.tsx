import { CircleAlert, Download } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { FileChooser } from '../../../shared/browser/FileChooser.tsx';
import { saveDraft } from '../../../shared/draft/save-plan.ts';
import { t } from '../../../shared/messages/translate.ts';
import { readPlan } from './read-plan.ts';

/** The plan itself, to save and to open again. */
export function PlanFile() {
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [over, setOver] = useState(false);

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
        <FileChooser
          single
          text={t('plan.open')}
          label={t('plan.file')}
          accept=".json,application/json"
          onFiles={([file]) => void open(file)}
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
