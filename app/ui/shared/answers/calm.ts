import { useEffect, useState } from 'react';
import { isOutdated, type ResultState } from './result.ts';
import { useAnswers } from './store.ts';

/** Time in milliseconds that an answer can stay invalid before the page says so: a name is invalid while it is typed. */
const TYPING_MS = 800;

/**
 * The state of the result to show: a plan that becomes invalid is shown as before for a moment, so that the page doesn't
 * move while the user types. This is about the look only; files can't be copied as soon as they are outdated.
 */
export function useCalm(state: ResultState): ResultState {
  const [before, setBefore] = useState(state);
  const hasResult = useAnswers(({ made }) => made !== null);
  const [lasts, setLasts] = useState(state === 'invalid');
  if (state !== 'invalid' && before !== state) setBefore(state);
  useEffect(() => {
    if (state !== 'invalid') return setLasts(false);
    const timer = setTimeout(() => setLasts(true), TYPING_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return state === 'invalid' && !lasts && hasResult && !isOutdated(before) ? before : state;
}
