import { t } from '../messages/translate.ts';
import type { Work } from './use-engine.ts';

/** Says of work what is not its answer: that it goes on and can be stopped, that it was stopped, that it failed. */
export function Working({ work }: { readonly work: Work<unknown> }) {
  const { slow, stopped, failure } = work;
  return (
    <div role="status" className={slow || stopped || failure !== null ? 'my-2 flex flex-wrap items-center gap-3' : ''}>
      {slow && (
        <>
          <progress aria-label={t('own.working')} className="h-2 w-40 accent-fill" />
          <span className="text-muted">{t('own.working')}</span>
          <button type="button" className="button" onClick={work.stop}>
            {t('own.stop')}
          </button>
        </>
      )}
      {!slow && stopped && (
        <>
          <span className="text-caution">{t('own.stopped')}</span>
          <button type="button" className="button" onClick={work.again}>
            {t('own.again')}
          </button>
        </>
      )}
      {!slow && failure !== null && (
        <>
          <span className="min-w-0 text-deny break-words">{t('own.failed', { failure })}</span>
          <button type="button" className="button" onClick={work.again}>
            {t('own.again')}
          </button>
        </>
      )}
    </div>
  );
}
