import type { CoreCalls } from './core.worker.ts';
import { stoppable } from './stoppable.ts';

/**
 * A superseded answer may still finish within this time: it is shown while the next one is computed, so that the result
 * keeps up with fast typing on a slow machine.
 */
const OVERTAKEN_MS = 2000;
const PATIENCE_MS = 300;

const start = (): Worker =>
  new Worker(new URL('./core.worker.ts', import.meta.url), { type: 'module', name: 'postern-core' });

/** Answers drafts. It has a separate worker, so that a long answer does not delay links, files or certificates. */
export const answers = stoppable<CoreCalls>(start, OVERTAKEN_MS);

/** All other requests to the core. */
export const core = stoppable<CoreCalls>(start, PATIENCE_MS);
