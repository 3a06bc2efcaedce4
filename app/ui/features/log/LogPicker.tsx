import { X } from 'lucide-react';
import { DropZone } from '../../shared/browser/DropZone.tsx';
import { FileChooser } from '../../shared/browser/FileChooser.tsx';
import { t } from '../../shared/messages/translate.ts';
import { closeLog, openLog, useLog } from './store.ts';

/** Opens log files, which can be dropped on it, and shows how much of them has been read. */
export function LogPicker() {
  const { names, progress, broken, failure } = useLog();
  const done = progress && progress.total > 0 ? Math.floor((100 * progress.read) / progress.total) : 0;
  return (
    <DropZone label={t('log.files')} onFiles={(files) => void openLog(files)}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FileChooser text={t('log.open')} label={t('log.chooser')} onFiles={(files) => void openLog(files)} />
        {names.length > 0 && (
          <button type="button" className="button" onClick={closeLog}>
            <X aria-hidden className="size-4" />
            {t(progress ? 'engine.stop' : 'log.close')}
          </button>
        )}
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
    </DropZone>
  );
}
