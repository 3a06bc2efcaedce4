import { CircleCheck, Copy, Download, Undo2 } from 'lucide-react';
import { copyText } from '../../shared/browser/copy.ts';
import { saveText } from '../../shared/browser/save.ts';
import { t } from '../../shared/messages/translate.ts';
import { textOf, useServerFiles } from '../../shared/server-files/store.ts';
import { undoLastFix, useAppliedFixes } from './applied-fixes.ts';

/** What was fixed, undo, and each fixed file to download and copy. */
export function FixedFiles() {
  const fixes = useAppliedFixes();
  const last = fixes.at(-1);
  if (!last) return null;
  const names = [...new Set(fixes.map(({ file }) => file))];
  const text = (name: string) => textOf(useServerFiles.getState(), name);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-changed-edge bg-changed p-2.5">
      <p role="status" className="flex min-w-0 flex-1 basis-64 gap-2 font-medium">
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-allow" />
        <span className="min-w-0 break-words">{t('fix.applied', { count: fixes.length, fix: last.title })}</span>
      </p>
      <button type="button" className="button" onClick={undoLastFix}>
        <Undo2 aria-hidden className="size-4" />
        {t('fix.undo')}
      </button>
      {names.map((name) => (
        <span key={name} className="flex flex-wrap gap-2">
          <button
            type="button"
            className="button"
            onClick={() => void copyText(text(name), t('audit.copied', { name }))}
          >
            <Copy aria-hidden className="size-4" />
            {t('audit.copy', { name })}
          </button>
          <button type="button" className="button" onClick={() => saveText(name, text(name))}>
            <Download aria-hidden className="size-4" />
            {t('audit.download', { name })}
          </button>
        </span>
      ))}
    </div>
  );
}
