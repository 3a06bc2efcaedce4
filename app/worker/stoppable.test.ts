import { expose } from 'comlink';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PART_MISSING } from './part-missing.ts';
import { NotLoaded, Stopped, stoppable } from './stoppable.ts';

interface Calls {
  echo(text: string): string;
  wait(): Promise<string>;
  fail(message: string): never;
}

/** A worker in this thread: it can be terminated, and its script can be missing. */
class FakeWorker extends EventTarget {
  static missing = false;
  static readonly all: FakeWorker[] = [];
  readonly #channel = new MessageChannel();
  /** Finishes the current work; undefined if it is idle. */
  finish: ((text: string) => void) | undefined;
  ended = false;

  constructor() {
    super();
    FakeWorker.all.push(this);
    const calls: Calls = {
      echo: (text) => text,
      wait: () => new Promise((resolve) => (this.finish = resolve)),
      fail: (message) => {
        throw new Error(message);
      },
    };
    if (FakeWorker.missing) queueMicrotask(() => this.dispatchEvent(new Event('error')));
    else expose(calls, this.#channel.port2 as unknown as Parameters<typeof expose>[1]);
    this.#channel.port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent('message', { data }));
  }

  postMessage(data: unknown): void {
    this.#channel.port1.postMessage(data);
  }

  terminate(): void {
    this.ended = true;
    this.#channel.port1.close();
  }
}

const run = () => stoppable<Calls>(() => new FakeWorker() as unknown as Worker, 1000);
const newest = (): FakeWorker => {
  const worker = FakeWorker.all.at(-1);
  if (!worker) throw new Error('no worker has started');
  return worker;
};

beforeEach(() => {
  FakeWorker.missing = false;
  FakeWorker.all.length = 0;
});
afterEach(() => {
  for (const worker of FakeWorker.all) worker.terminate();
});

it('starts one worker, with the first work, and keeps it', async () => {
  const work = run();
  expect(FakeWorker.all).toHaveLength(0);
  expect(await work((calls) => calls.echo('a'))).toBe('a');
  expect(await work((calls) => calls.echo('b'))).toBe('b');
  expect(FakeWorker.all).toHaveLength(1);
});

it('returns the result of stopped work that ends in time, and terminates the worker of work that does not', async () => {
  const work = run();
  const [quick, endless] = [new AbortController(), new AbortController()];
  const first = work((calls) => calls.wait(), quick.signal);
  await vi.waitFor(() => expect(newest().finish).toBeDefined());
  quick.abort();
  newest().finish?.('in time');
  expect(await first).toBe('in time');

  const second = work((calls) => calls.wait(), endless.signal);
  newest().finish = undefined;
  await vi.waitFor(() => expect(newest().finish).toBeDefined());
  const third = work((calls) => calls.echo('after'));
  endless.abort();
  await expect(second).rejects.toBeInstanceOf(Stopped);
  expect(FakeWorker.all[0]?.ended).toBe(true);
  expect(await third).toBe('after');
  expect(FakeWorker.all).toHaveLength(2);
});

it('starts work at once where none is in progress, and else when the work before has ended', async () => {
  const work = run();
  const begun: string[] = [];
  const tell = (name: string) =>
    work((calls) => {
      begun.push(name);
      return calls.echo(name);
    });
  const first = tell('first');
  expect(begun).toEqual(['first']);
  const second = tell('second');
  expect(begun).toEqual(['first']);
  await Promise.all([first, second]);
  await new Promise((resolve) => setTimeout(resolve));
  const third = tell('third');
  expect(begun).toEqual(['first', 'second', 'third']);
  expect(await third).toBe('third');
});

it('never starts work that was stopped while it waited', async () => {
  const work = run();
  const stopped = new AbortController();
  const call = vi.fn(async () => 'never');
  const first = work((calls) => calls.echo('a'));
  const second = work(call, stopped.signal);
  stopped.abort();
  await first;
  await expect(second).rejects.toBeInstanceOf(Stopped);
  expect(call).not.toHaveBeenCalled();
});

it('reports a missing script or part, and requests it again the next time', async () => {
  const work = run();
  FakeWorker.missing = true;
  await expect(work((calls) => calls.echo('a'))).rejects.toBeInstanceOf(NotLoaded);
  FakeWorker.missing = false;
  await expect(work((calls) => calls.fail(PART_MISSING))).rejects.toBeInstanceOf(NotLoaded);
  await expect(work((calls) => calls.fail('its own reason'))).rejects.toThrow('its own reason');
  expect(await work((calls) => calls.echo('again'))).toBe('again');
  expect(FakeWorker.all).toHaveLength(4);
});
