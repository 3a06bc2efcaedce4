import { startTransition, useEffect, useState } from 'react';

/** Browsers don't paint background tabs. There, continue after this time in milliseconds. */
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
 * Returns a value with a delay: a new value is returned after the browser has painted the rest of the update.
 * `useDeferredValue` gives no such order; React can render a deferred value before the paint.
 */
export function useAfterPaint<T>(value: T): T {
  const [shown, setShown] = useState(() => value);
  useEffect(() => {
    if (!Object.is(value, shown)) afterPaint(() => startTransition(() => setShown(() => value)));
  }, [value, shown]);
  return shown;
}
