import { startTransition, useEffect, useState } from 'react';

/** After this time, in milliseconds, something waits no longer for a browser that is always busy. */
const PATIENCE_MS = 2000;

/** Safari cannot tell when it is idle; by this time, in milliseconds, it usually is. */
const USUALLY_MS = 500;

/** Calls a function once the page is loaded and the browser has nothing else to do. */
export function whenIdle(act: () => void): void {
  const wait = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(act, { timeout: PATIENCE_MS });
    else setTimeout(act, USUALLY_MS);
  };
  if (document.readyState === 'complete') wait();
  else window.addEventListener('load', wait, { once: true });
}

/** Whether the browser has been idle since the component appeared. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  // A transition: what appears then gives way to the user.
  useEffect(() => whenIdle(() => startTransition(() => setIdle(true))), []);
  return idle;
}
