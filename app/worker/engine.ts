import { type Remote, wrap } from 'comlink';
import type { EngineCalls } from './engine.worker.ts';

/** Work that nobody waits for any more may still go on this long: to start a new worker takes longer. */
export const PATIENCE_MS = 300;

/** Somebody else asked, or the user stopped it. */
export class Stopped extends Error {
  constructor() {
    super('stopped');
    this.name = 'Stopped';
  }
}

interface Running {
  readonly worker: Worker;
  readonly calls: Remote<EngineCalls>;
}

let running: Running | undefined;
/** Ends when the work before it has: one worker does one thing at a time. */
let queue: Promise<unknown> = Promise.resolve();

function start(): Running {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'postern-engine' });
  return { worker, calls: wrap<EngineCalls>(worker) };
}

/**
 * Does some work of the engine off the main thread. The signal ends it: before it starts it never does, and if it goes on
 * for longer than `PATIENCE_MS` its worker is ended with it. Rejects with `Stopped` then, and with the worker's own error
 * where the work fails.
 */
export function engine<T>(work: (calls: Remote<EngineCalls>) => Promise<T>, signal: AbortSignal): Promise<T> {
  const turn = queue.then(() => perform(work, signal));
  queue = turn.catch(() => undefined);
  return turn;
}

function perform<T>(work: (calls: Remote<EngineCalls>) => Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(new Stopped());
  running ??= start();
  const { worker, calls } = running;
  const since = performance.now();
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (): void => {
      worker.terminate();
      running = undefined;
      reject(new Stopped());
    };
    const onAbort = (): void => {
      timer = setTimeout(end, Math.max(0, PATIENCE_MS - (performance.now() - since)));
    };
    const onError = (event: ErrorEvent): void => reject(new Error(event.message || 'the worker could not start'));
    signal.addEventListener('abort', onAbort);
    worker.addEventListener('error', onError);
    work(calls)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        worker.removeEventListener('error', onError);
      });
  });
}
