import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['e2e/{server,lab}/**/*.test.ts'],
    globalSetup: fileURLToPath(new URL('harness/global-setup.ts', import.meta.url)),
    // One server at a time: they share the namespace's loopback and exactly the same paths. Several processes run in
    // parallel: none reads a cache of results that another is writing.
    cache: false,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    isolate: false,
    // Only for what hangs: tests wait for conditions, each with its own error (harness/until.ts).
    testTimeout: 840_000,
    hookTimeout: 840_000,
    teardownTimeout: 20_000,
  },
});
