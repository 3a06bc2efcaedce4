import { t } from '../messages/translate.ts';
import type { Work } from './use-engine.ts';

/** The state of a request without an answer: running (with a stop button), stopped, failed, or outdated. */
export function Working({ work }: { readonly work: Work<unknown> }) {
  const { slow, stopped, failure, outdated } = work;
  const told = slow || stopped || failure !== null;
  return (
    <div role="status" className={told ? 'my-2 flex flex-wrap items-center gap-3' : ''}>
      {slow && (
        <>
          <progress aria-label={t('engine.working')} className="h-2 w-40 accent-fill" />
          <span className="text-muted">{t('engine.working')}</span>
        </>
      )}
      {!slow && stopped && <span className="text-caution">{t('engine.stopped')}</span>}
      {!slow && failure !== null && <span className="min-w-0 text-deny break-words">{failure}</span>}
      {outdated && <span className="text-caution">{t('engine.outdated')}</span>}
      {told && (
        <button type="button" className="button" onClick={slow ? work.stop : work.again}>
          {t(slow ? 'engine.stop' : 'engine.again')}
        </button>
      )}
    </div>
  );
}
