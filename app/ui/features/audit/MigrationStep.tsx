import { Copy, TriangleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { ShownStep } from '../../../worker/migration.ts';
import { copyText } from '../../shared/browser/copy.ts';
import { t } from '../../shared/messages/translate.ts';
import { SourceLink } from '../../shared/navigation/SourceLink.tsx';
import { Difference } from './Difference.tsx';
import { setDone } from './done-steps.ts';

interface Props {
  readonly step: ShownStep;
  readonly done: boolean;
  /** What the step needs in addition. */
  readonly children: ReactNode;
}

export function MigrationStep({
  step: { id, title, text, notes = [], sql, files, check, locksOut, back },
  done,
  children,
}: Props) {
  const box = useId();
  return (
    <li className="py-3">
      <div className="flex items-start gap-2">
        <input
          id={box}
          type="checkbox"
          className="mt-1"
          checked={done}
          onChange={({ target }) => setDone(id, target.checked)}
        />
        <label htmlFor={box} className="font-semibold">
          {title}
        </label>
      </div>
      <div className="mt-1 space-y-2 pl-6 break-words">
        <p>{text}</p>
        {notes.length > 0 && (
          <ul className="list-disc space-y-1 pl-5">
            {notes.map(({ text: note, source }) => (
              <li key={note}>
                {note} <SourceLink source={source} />
              </li>
            ))}
          </ul>
        )}
        {children}
        {files.map(({ name, text: after, lines }) => (
          <div key={name}>
            <p className="text-muted">{t('fix.about', { name })}</p>
            {lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two edits may be of the same line
              <Difference key={at} line={line} />
            ))}
            <CopyButton label={t('audit.copy', { name })} text={after} done={t('audit.copied', { name })} />
          </div>
        ))}
        {sql !== undefined && <Sql text={sql} />}
        {locksOut !== undefined && (
          <p className="flex gap-2 rounded-md border border-caution bg-caution-tint p-2.5">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-caution" />
            <span className="min-w-0">
              <span className="font-semibold">{t('migration.locksOut')}</span> {locksOut}
            </span>
          </p>
        )}
        <p>
          <span className="font-semibold">{t('migration.check')}:</span> {check.text}
        </p>
        {check.sql !== undefined && check.sql !== sql && <Sql text={check.sql} />}
        <p className="text-muted">
          <span className="font-semibold">{t('migration.back')}</span> {back.text}
        </p>
        {back.sql !== undefined && <Sql text={back.sql} />}
      </div>
    </li>
  );
}

function Sql({ text }: { readonly text: string }) {
  return (
    <div>
      <pre className="rounded-sm bg-raised p-2 font-mono text-xs break-words whitespace-pre-wrap">{text}</pre>
      <CopyButton label={t('migration.copy')} text={`${text}\n`} done={t('migration.copied')} />
    </div>
  );
}

interface CopyProps {
  readonly label: string;
  readonly text: string;
  readonly done: string;
}

function CopyButton({ label, text, done }: CopyProps) {
  return (
    <button type="button" className="button mt-1.5" onClick={() => void copyText(text, done)}>
      <Copy aria-hidden className="size-4" />
      {label}
    </button>
  );
}
