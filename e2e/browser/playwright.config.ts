import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const port = Number(process.env.POSTERN_PORT ?? 4174);
/** scripts/test.mjs finds or installs one; without it, Debian's own. */
const chromium = process.env.PLAYWRIGHT_CHROMIUM ?? ['/usr/bin/chromium'].find(existsSync);
const address = `http://127.0.0.1:${port}`;

/** The production build (`npm run build` made it) in a Chromium that scripts/test.mjs has found. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/browser',
  timeout: 60_000,
  fullyParallel: true,
  workers: 2,
  // A test that passes only sometimes is a failure to look at, not one to run again.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: '../../test-results/browser.json' }]],
  webServer: {
    command: `npx --no-install vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: '../..',
    url: address,
    reuseExistingServer: false,
  },
  use: {
    baseURL: address,
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      // Chromium's own sandbox cannot be had as root. The rest keeps the browser from calling home.
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
