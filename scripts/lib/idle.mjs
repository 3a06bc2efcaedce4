import { availableParallelism, cpus } from 'node:os';
import { performance } from 'node:perf_hooks';

/**
 * Returns a function that returns how many of the cores that this process may use were idle on average since its last
 * call. Work of other programs counts as busy.
 */
export function idleCores() {
  let last = sample();
  return () => {
    const now = sample();
    const busy = (now.busy - last.busy) / Math.max(1, now.at - last.at);
    last = now;
    return availableParallelism() - busy;
  };
}

/** Milliseconds that all cores of the machine have been busy, and the time. */
function sample() {
  const busy = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return { busy, at: performance.now() };
}
