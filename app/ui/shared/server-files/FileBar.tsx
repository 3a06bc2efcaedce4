import { CircleAlert, FileText, X } from 'lucide-react';
import { useState } from 'react';
import { MAJORS, release } from '../../../core/index.ts';
import { DropZone } from '../browser/DropZone.tsx';
import { FileChooser } from '../browser/FileChooser.tsx';
import { t } from '../messages/translate.ts';
import { show } from '../navigation/view.ts';
import { addFiles } from './add-files.ts';
import { EncodingNotices } from './EncodingNotices.tsx';
import { example } from './example.ts';
import { editLine } from './shown-line.ts';
import { chooseMajor, chooseSource, editText, isEmpty, isMajor, NOTHING, useServerFiles } from './store.ts';

interface Props {
  readonly sources: 'files' | 'both';
  /** Whether this screen is the audit, which has the editor of the files. */
  readonly onAudit: boolean;
}

/** The active files: their source, PostgreSQL version and length, and the buttons that add files. Files can be dropped on it. */
export function FileBar({ sources, onAudit }: Props) {
  const serverFiles = useServerFiles();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const take = async (files: readonly File[]) => setRefused(await addFiles(files));
  const ofPlan = sources === 'both' && serverFiles.source === 'plan';
  return (
    <DropZone label={t('server-files.files')} onFiles={(files) => void take(files)}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {sources === 'both' && (
          <fieldset className="flex flex-wrap gap-x-4">
            <legend className="sr-only">{t('server-files.source')}</legend>
            {(['files', 'plan'] as const).map((source) => (
              <label key={source} className="flex min-h-9 items-center gap-2">
                <input
                  type="radio"
                  name="files-source"
                  checked={serverFiles.source === source}
                  onChange={() => chooseSource(source)}
                />
                {t(`server-files.source.${source}`)}
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
                aria-label={t('server-files.major')}
                value={serverFiles.major}
                onChange={(event) => {
                  const major = Number(event.target.value);
                  if (isMajor(major)) chooseMajor(major);
                }}
              >
                {MAJORS.map((major) => (
                  <option key={major} value={major}>
                    {t(release(major).unsupported ? 'server.major.unsupported' : 'server.major.supported', { major })}
                  </option>
                ))}
              </select>
            </label>
            <FileChooser
              text={t('server-files.open')}
              label={t('server-files.chooser')}
              onFiles={(files) => void take(files)}
            />
            <button type="button" className="button" onClick={() => useServerFiles.setState({ ...example })}>
              {t('server-files.example')}
            </button>
            <button
              type="button"
              className="button"
              disabled={isEmpty(serverFiles)}
              onClick={() => useServerFiles.setState({ files: NOTHING.files })}
            >
              <X aria-hidden className="size-4" />
              {t('server-files.clear')}
            </button>
          </>
        )}
      </div>
      {!ofPlan && (
        <p className="mt-2 flex flex-wrap gap-x-4 text-muted">
          {isEmpty(serverFiles)
            ? t(onAudit ? 'server-files.none' : 'server-files.noneHere')
            : serverFiles.files
                .filter(({ text }) => text !== '')
                .map(({ name, text }) => (
                  <span key={name} className="inline-flex min-w-0 items-center gap-1">
                    <FileText aria-hidden className="size-4 shrink-0" />
                    <span className="min-w-0 font-mono text-xs break-all text-ink">{name}</span>
                    <span className="whitespace-nowrap">{t('server-files.lines', { lines: lineCount(text) })}</span>
                  </span>
                ))}
          {!onAudit && (
            <button type="button" className="link" onClick={() => show({ view: 'audit', page: null })}>
              {t('server-files.edit')}
            </button>
          )}
        </p>
      )}
      {!ofPlan &&
        serverFiles.files.map(({ name, text }) => (
          <EncodingNotices
            key={name}
            name={name}
            text={text}
            onText={(changed) => editText(name, changed)}
            onLine={(line) => editLine({ name, line })}
          />
        ))}
      {refused.map((sentence) => (
        <p key={sentence} role="alert" className="mt-1.5 flex gap-1.5 text-deny">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{sentence}</span>
        </p>
      ))}
    </DropZone>
  );
}

function lineCount(text: string): number {
  let lines = text.endsWith('\n') || text === '' ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
