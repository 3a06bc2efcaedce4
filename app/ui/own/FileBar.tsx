import { CircleAlert, FileText, FolderOpen, X } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { MAJORS } from '../../core/index.ts';
import { t } from '../messages/translate.ts';
import { show } from '../wizard/view.ts';
import { example } from './example.ts';
import { giveFiles } from './give.ts';
import { chooseMajor, chooseSource, isEmpty, isMajor, NOTHING, useOwn } from './store.ts';

interface Props {
  readonly sources: 'files' | 'both';
  /** The editor with the files is on this screen. */
  readonly onAudit: boolean;
}

/** Which files are looked at: whose, of which major, how long; and how to bring others. Files can be dropped on it. */
export function FileBar({ sources, onAudit }: Props) {
  const own = useOwn();
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const chooser = useRef<HTMLInputElement>(null);
  const take = async (files: readonly File[]) => setRefused(await giveFiles(files));
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };
  const ofPlan = sources === 'both' && own.source === 'plan';
  return (
    <section
      aria-label={t('own.files')}
      className={`mt-4 rounded-md border border-dashed p-3 ${over ? 'border-accent bg-tint' : 'border-edge'}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {sources === 'both' && (
          <fieldset className="flex flex-wrap gap-x-4">
            <legend className="sr-only">{t('own.source')}</legend>
            {(['files', 'plan'] as const).map((source) => (
              <label key={source} className="flex min-h-9 items-center gap-2">
                <input
                  type="radio"
                  name="own-source"
                  checked={own.source === source}
                  onChange={() => chooseSource(source)}
                />
                {t(`own.source.${source}`)}
              </label>
            ))}
          </fieldset>
        )}
        {!ofPlan && (
          <>
            <label className="flex items-center gap-2">
              <span className="font-medium whitespace-nowrap">PostgreSQL</span>
              <select
                className="input w-auto"
                aria-label={t('own.major')}
                value={own.major}
                onChange={(event) => {
                  const major = Number(event.target.value);
                  if (isMajor(major)) chooseMajor(major);
                }}
              >
                {MAJORS.map((major) => (
                  <option key={major} value={major}>
                    {major}
                  </option>
                ))}
              </select>
            </label>
            <button type="button" className="button" onClick={() => chooser.current?.click()}>
              <FolderOpen aria-hidden className="size-4" />
              {t('own.open')}
            </button>
            <button type="button" className="button" onClick={() => useOwn.setState({ ...example })}>
              {t('own.example')}
            </button>
            <button
              type="button"
              className="button"
              disabled={isEmpty(own)}
              onClick={() => useOwn.setState({ files: NOTHING.files })}
            >
              <X aria-hidden className="size-4" />
              {t('own.clear')}
            </button>
            <input
              ref={chooser}
              type="file"
              multiple
              aria-label={t('own.chooser')}
              className="sr-only"
              tabIndex={-1}
              onChange={(event) => {
                void take([...(event.target.files ?? [])]);
                event.target.value = '';
              }}
            />
          </>
        )}
      </div>
      {!ofPlan && (
        <p className="mt-2 flex flex-wrap gap-x-4 text-muted">
          {isEmpty(own)
            ? t(onAudit ? 'own.none' : 'own.noneHere')
            : own.files
                .filter(({ text }) => text !== '')
                .map(({ name, text }) => (
                  <span key={name} className="inline-flex min-w-0 items-center gap-1">
                    <FileText aria-hidden className="size-4 shrink-0" />
                    <span className="min-w-0 font-mono text-xs break-all text-ink">{name}</span>
                    <span className="whitespace-nowrap">{t('own.lines', { lines: lineCount(text) })}</span>
                  </span>
                ))}
          {!onAudit && (
            <button type="button" className="link" onClick={() => show({ view: 'audit', page: null })}>
              {t('own.edit')}
            </button>
          )}
        </p>
      )}
      {refused.map((sentence) => (
        <p key={sentence} role="alert" className="mt-1.5 flex gap-1.5 text-deny">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{sentence}</span>
        </p>
      ))}
    </section>
  );
}

function lineCount(text: string): number {
  let lines = text.endsWith('\n') || text === '' ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
