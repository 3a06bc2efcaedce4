import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['app/**/*.test.{ts,tsx}'],
    setupFiles: ['app/core/testing/seed.ts'],
    testTimeout: 180_000,
  },
});
