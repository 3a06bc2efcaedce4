import { type Remote, wrap } from 'comlink';
import { PART_MISSING } from './part-missing.ts';

/** Superseded by a newer request, or stopped by the user. */
export class Stopped extends Error {
  constructor() {
    super('stopped');
    this.name = 'Stopped';
  }
}

/** The worker's script, or a part of it, could not be loaded: no connection, or the server now has another version. */
export class NotLoaded extends Error {
  constructor() {
    super(PART_MISSING);
    this.name = 'NotLoaded';
  }
}

/** Does some work in the worker. Rejects with `Stopped`, with `NotLoaded`, or with the worker's own error. */
export type Run<Calls> = <Answer extends Promise<unknown>>(
  work: (calls: Remote<Calls>) => Answer,
  signal?: AbortSignal,
) => Promise<Awaited<Answer>>;

interface Running<Calls> {
  readonly worker: Worker;
  readonly calls: Remote<Calls>;
}

/**
 * A worker that does one thing at a time and can be stopped. It starts with the first work. If aborted before it
 * starts, work never runs; if it runs longer than `patienceMs` after that, its worker is terminated, because a worker
 * cannot be interrupted from inside and a new one takes time to start. A worker in which anything failed is terminated
 * as well: its state is unknown, and a script that could not be loaded is requested again.
 */
export function stoppable<Calls>(start: () => Worker, patienceMs: number): Run<Calls> {
  let running: Running<Calls> | undefined;
  /** Resolves when the previous work has ended; undefined while the worker is idle. */
  let busy: Promise<unknown> | undefined;

  const begin = (): Running<Calls> => {
    const worker = start();
    return { worker, calls: wrap<Calls>(worker) };
  };

  async function perform<Answer extends Promise<unknown>>(
    work: (calls: Remote<Calls>) => Answer,
    signal: AbortSignal | undefined,
  ): Promise<Awaited<Answer>> {
    if (signal?.aborted) throw new Stopped();
    running ??= begin();
    const { worker, calls } = running;
    const since = performance.now();
    return new Promise<Awaited<Answer>>((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const end = (error: Error): void => {
        worker.terminate();
        running = undefined;
        settle();
        reject(error);
      };
      const onAbort = (): void => {
        timer = setTimeout(() => end(new Stopped()), Math.max(0, patienceMs - (performance.now() - since)));
      };
      // A script that does not load causes an event without a message; an uncaught error causes one with a message.
      const onError = (event: Event): void =>
        end('message' in event && event.message ? new Error(String(event.message)) : new NotLoaded());
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        worker.removeEventListener('error', onError);
      };
      signal?.addEventListener('abort', onAbort);
      worker.addEventListener('error', onError);
      work(calls).then(
        (value) => {
          settle();
          resolve(value as Awaited<Answer>);
        },
        (error: unknown) =>
          end(isMissingPart(error) ? new NotLoaded() : error instanceof Error ? error : new Error(String(error))),
      );
    });
  }

  return (work, signal) => {
    // Send immediately if the worker is idle, so that it works while the page renders.
    const turn = busy ? busy.then(() => perform(work, signal)) : perform(work, signal);
    const done = (): void => {
      if (busy === ended) busy = undefined;
    };
    const ended = turn.then(done, done);
    busy = ended;
    return turn;
  };
}

const isMissingPart = (error: unknown): boolean => error instanceof Error && error.message === PART_MISSING;
