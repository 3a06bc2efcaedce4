import { deltaOf, patched } from '../core/index.ts';
import type { Answer, CoreCalls, Generated } from './core.worker.ts';
import { stoppable } from './stoppable.ts';

/**
 * A superseded answer may still finish within this time: it is shown while the next one is computed, so that the result
 * keeps up with fast typing on a slow machine.
 */
const OVERTAKEN_MS = 2000;
const PATIENCE_MS = 300;

const start = (): Worker =>
  new Worker(new URL('./core.worker.ts', import.meta.url), { type: 'module', name: 'postern-core' });

/** It has a separate worker, so that a long answer does not delay links, files or certificates. */
const answers = stoppable<CoreCalls>(start, OVERTAKEN_MS);

/** The last draft that was sent and what the last one gave: the next ones are sent as differences from these. */
let asked: { readonly name: number; readonly draft: unknown } | undefined;
let gave: { readonly name: number; readonly value: Generated } | undefined;

/** Answers a draft. What it leaves unchanged is the very object that the answer to the draft before has. */
export async function answer(draft: unknown, signal?: AbortSignal): Promise<Answer> {
  const [before, has] = [asked, gave];
  // Random, because a worker that is started again knows none of the names.
  const name = Math.random();
  asked = { name, draft };
  const send = (since: typeof before) =>
    answers(
      (calls) =>
        calls.answer({ name, since: since?.name ?? null, delta: deltaOf(since?.draft, draft) }, has?.name ?? null),
      signal,
    );
  const first = await send(before);
  const sent = first === 'whole' ? await send(undefined) : first;
  if (sent === 'whole') throw new Error('a whole draft was not taken');
  if (!sent.ok) return sent;
  const { since, delta } = sent.value;
  const value = patched(since === null ? undefined : has?.value, delta) as Generated;
  gave = { name, value };
  return { ok: true, value };
}

/** All other requests to the core. */
export const core = stoppable<CoreCalls>(start, PATIENCE_MS);
