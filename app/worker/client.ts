import { wrap } from 'comlink';
import type { CoreCalls } from './core.worker.ts';

/** The core, off the main thread. */
export const core = wrap<CoreCalls>(
  new Worker(new URL('./core.worker.ts', import.meta.url), { type: 'module', name: 'postern-core' }),
);
