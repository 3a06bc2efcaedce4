import { createServer } from 'node:net';
import { child } from '../child.mjs';
import { findChromium } from '../chromium.mjs';
import { installPrograms } from '../debian-packages.mjs';
import { installPostgres } from '../postgres-packages.mjs';
import { playwrightReport, reportFile, unavailable } from '../reports.mjs';
import { repository, results } from '../repository.mjs';
import { serverPrograms } from './server.mjs';

export const browser = {
  name: 'browser',
  about: 'the production build in Chromium',
  async run() {
    const chromium = await findChromium();
    if (chromium.missing) return unavailable(chromium.missing);
    // The archive that the browser downloads is tried on a real server; a spec that finds none says so and skips.
    const noServer = (await installPrograms(serverPrograms)) ?? (await installPostgres());

    const built = await child(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
      cwd: repository,
      limit: 300,
    });
    if (built.code !== 0) {
      return { passed: 0, failed: 1, skipped: 0, notes: [`the production build failed:\n${built.output.trim()}`] };
    }
    const file = reportFile(results, 'browser');
    const { code } = await child(
      process.execPath,
      ['node_modules/@playwright/test/cli.js', 'test', '--config', 'e2e/browser/playwright.config.ts'],
      {
        cwd: repository,
        env: {
          PLAYWRIGHT_CHROMIUM: chromium.path,
          PLAYWRIGHT_JSON_OUTPUT_FILE: file,
          POSTERN_PORT: String(await freePort()),
          ...(noServer ? { POSTERN_NO_SERVER: noServer } : {}),
        },
        show: true,
        limit: 2400,
      },
    );
    return playwrightReport(file, code);
  },
};

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
