import type { EngineCalls } from './engine.worker.ts';
import { stoppable } from './stoppable.ts';

/** Work that is no longer needed may still run this long, because starting a new worker takes longer. */
export const PATIENCE_MS = 300;

/** Does some work of the engine off the main thread. */
export const engine = stoppable<EngineCalls>(
  () => new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'postern-engine' }),
  PATIENCE_MS,
);
