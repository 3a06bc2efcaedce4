import { TriangleAlert } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import { t } from '../messages/translate.ts';
import { leadTo } from '../navigation/lead-to.ts';
import { useCalm } from './calm.ts';
import { issuesOf, kindOf } from './issues.ts';
import { type ResultState, useResultState } from './result.ts';
import { useAnswers } from './store.ts';

interface Props {
  /** The user returns to an answer. */
  readonly onLeave?: (() => void) | undefined;
  readonly className?: string;
}

/**
 * States that the result below is not that of the current plan, or has example values, and what to do. Empty for a
 * current result.
 */
export const ResultNotice = memo(function ResultNotice({ onLeave, className = '' }: Props) {
  const state = useCalm(useResultState());
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
});

const Mark = () => <TriangleAlert aria-hidden className="size-4 shrink-0 text-caution" />;

const Progress = () => <progress aria-label={t('result.generating')} className="h-1.5 w-full accent-fill" />;

function Words({ state }: { readonly state: Exclude<ResultState, 'current'> }) {
  const made = useAnswers(({ made }) => made !== null);
  const issues = useAnswers(issuesOf);
  const missing = issues.every((issue) => kindOf(issue) === 'unanswered');
  const count = issues.length;
  if (state === 'examples')
    return <p className="min-w-0 flex-1 basis-52 break-words">{t('result.examples', { count })}</p>;
  return (
    <p className="min-w-0 flex-1 basis-52 break-words">
      {state === 'invalid' && t(missing ? 'result.unanswered' : 'result.invalid', { count })}
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

const toFirst = {
  invalid: 'result.firstProblem',
  unanswered: 'result.firstUnanswered',
  example: 'result.firstExample',
} as const;

/** The next action: go to the first problem, stop, or retry. */
function Way({ state, onLeave }: { readonly state: ResultState; readonly onLeave: Props['onLeave'] }) {
  const cancel = useAnswers((state) => state.cancel);
  const again = useAnswers((state) => state.again);
  const issues = useAnswers(issuesOf);
  if (state === 'invalid' || state === 'examples') {
    // What is wrong comes before what is missing.
    const first = issues.find((issue) => kindOf(issue) === 'invalid') ?? issues[0];
    return (
      <button
        type="button"
        className="button"
        onClick={() => {
          onLeave?.();
          if (first) leadTo(first.path);
        }}
      >
        {t(first ? toFirst[kindOf(first)] : 'result.firstProblem')}
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
