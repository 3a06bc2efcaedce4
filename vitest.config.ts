import { defineConfig } from 'vitest/config';
import { messages } from './scripts/vite/messages.ts';
import { planShapeModule } from './scripts/vite/plan-shape.ts';

export default defineConfig({
  plugins: [messages(), planShapeModule()],
  test: {
    cache: false,
    include: ['app/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
    setupFiles: ['app/core/testing/seed.ts'],
    testTimeout: 600_000,
    // Bash whose input is a socket, as Node's pipe is, reads ~/.bashrc unless this is set.
    env: { SHLVL: '1' },
  },
});
