import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['e2e/{server,lab}/**/*.test.ts'],
    globalSetup: fileURLToPath(new URL('harness/global-setup.ts', import.meta.url)),
    // One server at a time: they share the namespace's loopback and the very paths that the files name.
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
  },
});
