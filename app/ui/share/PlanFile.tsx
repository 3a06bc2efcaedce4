import { CircleAlert, Download, FolderOpen } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import type { PlanIssue } from '../../core/index.ts';
import { core } from '../../worker/client.ts';
import { replaceDraft, useDraft } from '../draft/store.ts';
import { sayCore, t } from '../messages/translate.ts';
import { announce } from '../wizard/announce.ts';
import { saveText } from './save.ts';

/** No plan is larger: four hundred clients take a fifth of it. */
const LIMIT = 2 * 1024 * 1024;
const SHOWN = 5;

/** The plan itself, to keep and to open again. */
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
        <button type="button" className="button" onClick={savePlan}>
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

function savePlan(): void {
  saveText('postern-plan.json', `${JSON.stringify(useDraft.getState().draft, null, 2)}\n`);
}

/** Takes the file's plan as the draft, or gives the reasons why not. */
async function readPlan(file: File): Promise<readonly string[]> {
  if (file.size > LIMIT) return [t('plan.tooLarge', { bytes: file.size, limit: LIMIT })];
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch {
    return [t('plan.notJson', { name: file.name })];
  }
  const opened = await core.parse(json);
  if (!opened.ok) return opened.issues.slice(0, SHOWN).map(withPlace);
  replaceDraft(opened.value);
  announce(t('plan.opened', { name: file.name }), { undoable: true });
  return [];
}

const withPlace = (issue: PlanIssue): string => t('link.reasonAt', { path: issue.path, reason: sayCore(issue) });
