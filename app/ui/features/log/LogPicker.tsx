import { FolderOpen, X } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { t } from '../../shared/messages/translate.ts';
import { closeLog, openLog, useLog } from './store.ts';

/** Opens log files, which can be dropped on it, and shows how much of them has been read. */
export function LogPicker() {
  const { names, progress, broken, failure } = useLog();
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void openLog([...event.dataTransfer.files]);
  };
  const done = progress && progress.total > 0 ? Math.floor((100 * progress.read) / progress.total) : 0;
  return (
    <section
      aria-label={t('log.files')}
      className={`mt-4 rounded-md border border-dashed p-3 ${over ? 'border-accent bg-tint' : 'border-edge'}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <button type="button" className="button" onClick={() => chooser.current?.click()}>
          <FolderOpen aria-hidden className="size-4" />
          {t('log.open')}
        </button>
        {names.length > 0 && (
          <button type="button" className="button" onClick={closeLog}>
            <X aria-hidden className="size-4" />
            {t(progress ? 'engine.stop' : 'log.close')}
          </button>
        )}
        <input
          ref={chooser}
          type="file"
          multiple
          aria-label={t('log.chooser')}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            void openLog([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        {progress && (
          <span className="flex items-center gap-2">
            <progress aria-label={t('log.reading')} value={done} max={100} className="h-2 w-40 accent-fill" />
            <span className="text-muted">{t('log.percent', { done })}</span>
          </span>
        )}
      </div>
      <p className="mt-2 break-words text-muted">{names.length === 0 ? t('log.none') : names.join(', ')}</p>
      {broken.map((name) => (
        <p key={name} role="alert" className="mt-1 text-caution">
          {t('log.broken', { name })}
        </p>
      ))}
      {failure !== null && (
        <p role="alert" className="mt-1 text-deny">
          {failure}
        </p>
      )}
    </section>
  );
}
