import { patched } from '../core/index.ts';
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

/** What the last draft gave, which the next one is sent as the difference from. */
let held: { readonly name: number; readonly value: Generated } | undefined;

/** Answers a draft. What it leaves unchanged is the very object that the answer to the draft before has. */
export async function answer(draft: unknown, signal?: AbortSignal): Promise<Answer> {
  const has = held;
  const sent = await answers((calls) => calls.answer(draft, has?.name ?? null), signal);
  if (!sent.ok) return sent;
  const { name, since, delta } = sent.value;
  const value = patched(since === null ? undefined : has?.value, delta) as Generated;
  held = { name, value };
  return { ok: true, value };
}

/** All other requests to the core. */
export const core = stoppable<CoreCalls>(start, PATIENCE_MS);
