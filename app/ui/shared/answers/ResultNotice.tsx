import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../messages/translate.ts';
import { leadTo } from '../navigation/place.ts';
import { type ResultState, useResultState } from './result.ts';
import { useAnswers } from './store.ts';

interface Props {
  /** The user returns to an answer. */
  readonly onLeave?: (() => void) | undefined;
  readonly className?: string;
}

/** States that the result below is not that of the current plan, why, and what to do. Empty for a current result. */
export function ResultNotice({ onLeave, className = '' }: Props) {
  const state = useResultState();
  const shown = state !== 'current';
  return (
    // It exists from the start, so that screen readers announce what appears in it.
    <div role="status" className={shown ? `rounded-md bg-caution-tint p-2.5 ${className}` : ''}>
      {shown && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          {state === 'generating' ? <Progress /> : <Mark />}
          <Words state={state} />
          <Way state={state} onLeave={onLeave} />
        </div>
      )}
    </div>
  );
}

const Mark = () => <TriangleAlert aria-hidden className="size-4 shrink-0 text-caution" />;

const Progress = () => <progress aria-label={t('result.generating')} className="h-1.5 w-full accent-fill" />;

function Words({ state }: { readonly state: Exclude<ResultState, 'current'> }) {
  const made = useAnswers(({ made }) => made !== null);
  const count = useAnswers(({ issues }) => issues.length);
  return (
    <p className="min-w-0 flex-1 basis-52 break-words">
      {state === 'invalid' && t('result.invalid', { count })}
      {state === 'generating' && t('result.generating')}
      {state === 'generating' && <Elapsed />}
      {state === 'canceled' && t('result.canceled')}
      {state === 'failed' && t('result.failed')}{' '}
      {t(made ? 'result.outdated' : state === 'invalid' ? 'result.noneYet' : 'result.none')}
    </p>
  );
}

/** Visible only: a screen reader would announce it every second. */
function Elapsed() {
  const since = useAnswers(({ progress }) => (progress.kind === 'generating' ? progress.since : 0));
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span aria-hidden className="text-muted tabular-nums">
      {' '}
      {t('result.elapsed', { seconds: Math.max(0, Math.floor((now - since) / 1000)) })}
    </span>
  );
}

/** The next action: go to the first problem, stop, or retry. */
function Way({ state, onLeave }: { readonly state: ResultState; readonly onLeave: Props['onLeave'] }) {
  const { cancel, again } = useAnswers();
  const path = useAnswers(({ issues }) => issues[0]?.path);
  if (state === 'invalid') {
    return (
      <button
        type="button"
        className="button"
        onClick={() => {
          onLeave?.();
          if (path !== undefined) leadTo(path);
        }}
      >
        {t('result.firstProblem')}
      </button>
    );
  }
  // One button that changes its label, so that it keeps the focus.
  return (
    <button type="button" className="button" onClick={state === 'generating' ? cancel : again}>
      {t(state === 'generating' ? 'result.cancel' : state === 'canceled' ? 'result.generate' : 'load.retry')}
    </button>
  );
}
