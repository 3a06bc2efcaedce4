import { startTransition, useEffect, useState } from 'react';

/** A tab out of sight isn't painted: there a frame counts as painted after this time. */
const UNSEEN_MS = 200;

/** Calls `act` once the next frame has been painted. */
function afterPaint(act: () => void): void {
  let timer: ReturnType<typeof setTimeout>;
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    setTimeout(act);
  });
  timer = setTimeout(() => {
    cancelAnimationFrame(frame);
    act();
  }, UNSEEN_MS);
}

/**
 * Follows a value, once what else it changes has been painted. A deferred value of React is drawn as soon as there is
 * time, which can be before.
 */
export function useAfterPaint<T>(value: T): T {
  const [shown, setShown] = useState(() => value);
  useEffect(() => {
    if (!Object.is(value, shown)) afterPaint(() => startTransition(() => setShown(() => value)));
  }, [value, shown]);
  return shown;
}
