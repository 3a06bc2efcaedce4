import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { ownStorage } from './own-draft.ts';

const port = Number(process.env.POSTERN_PORT ?? 4174);
/** scripts/test.mjs finds or installs one; without it, Debian's own. */
const chromium =
  process.env.PLAYWRIGHT_CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);
const address = `http://127.0.0.1:${port}`;

/** The production build (`npm run build` made it) in a Chromium that scripts/test.mjs has found. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/browser',
  // Only for tests that hang: a busy machine is slow, and no test is about speed.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  fullyParallel: true,
  workers: 2,
  // A flaky test is a failure to investigate, not to retry.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ...(process.env.POSTERN_REPORT ? [['../../scripts/lib/playwright-reporter.mjs'] as const] : [])],
  webServer: {
    command: `npx --no-install vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: '../..',
    url: address,
    reuseExistingServer: false,
  },
  use: {
    baseURL: address,
    // Most tests are about a plan that somebody has answered; those of a first visit say so.
    storageState: ownStorage(address),
    // Tests intercept and count requests. offline.spec.ts allows the service worker.
    serviceWorkers: 'block',
    // Recording takes as long as the tests themselves. A test that failed in a run of all is run again alone.
    trace: process.env.POSTERN_REPORT ? 'off' : 'retain-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      // Chromium's own sandbox is not available as root. The other options prevent background network requests.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
      ],
    },
  },
});
