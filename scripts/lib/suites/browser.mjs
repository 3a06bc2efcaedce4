import { createServer } from 'node:net';
import { join } from 'node:path';
import { child } from '../child.mjs';
import { findChromium, findWithWindow } from '../chromium.mjs';
import { installPrograms } from '../debian-packages.mjs';
import { installPostgres } from '../postgres-packages.mjs';
import { Problem } from '../problem.mjs';
import { freshReport, readReport } from '../reports.mjs';
import { repository, results } from '../repository.mjs';
import { shards, testFiles } from '../shards.mjs';
import { serverPrograms } from './server.mjs';

/** Starting the preview and Chromium takes longer than a test runner, so there are few shards. */
const FULL = 200;

export const browser = {
  name: 'browser',
  folders: ['e2e/browser'],
  about: 'the production build in Chromium',
  async prepare() {
    const chromium = await findChromium();
    if (chromium.missing) return chromium;
    const withWindow = await findWithWindow();
    // The downloaded archive is tested on a real server; a spec that finds none says so and is skipped.
    const noServer = (await installPrograms(serverPrograms)) ?? (await installPostgres());

    await build('The production build', 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn');
    await build('The one-file build', 'scripts/build-single.mjs');
    const env = {
      PLAYWRIGHT_CHROMIUM: chromium.path,
      ...(withWindow.path ? { POSTERN_WITH_WINDOW: withWindow.path } : {}),
      ...(noServer ? { POSTERN_NO_SERVER: noServer } : {}),
    };
    return {
      shards: shards(testFiles(browser.folders, '.spec.ts'), FULL).map(({ files, seconds }, at) => {
        const name = `browser-${at + 1}`;
        return { name, files, seconds, run: (chosen) => run(name, chosen, env) };
      }),
    };
  },
};

async function build(what, ...args) {
  const { code, output } = await child(process.execPath, args, { cwd: repository, limit: 300 });
  if (code !== 0) throw new Problem(`${what} failed:\n${output.trim()}`);
}

async function run(name, files, env) {
  const report = freshReport(name);
  const { code, output } = await child(
    process.execPath,
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--config',
      'e2e/browser/playwright.config.ts',
      // Other shards use the other cores.
      '--workers=1',
      '--output',
      join(results, name),
      ...files,
    ],
    {
      cwd: repository,
      env: { ...env, POSTERN_REPORT: report, POSTERN_PORT: String(await freePort()) },
      limit: 900,
      grows: report,
    },
  );
  console.log(`--- ${name} ---\n${output.trim()}\n`);
  return readReport(report, name, code);
}

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
