// node scripts/screenshot.mjs: builds the page and takes the screenshot for the README, docs/screenshot.png.
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { findChromium } from './lib/chromium.mjs';
import { main, Problem } from './lib/problem.mjs';
import { repository } from './lib/repository.mjs';

const size = { width: 1440, height: 900 };
const target = 'docs/screenshot.png';

await main(async () => {
  const found = await findChromium();
  if (found.missing) throw new Problem(found.missing);
  await build({ root: repository, logLevel: 'warn' });
  const server = await preview({ root: repository, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
  const { port } = server.httpServer.address();
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: found.path, args: sandbox });
  try {
    const page = await browser.newPage({ viewport: size, colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(`http://127.0.0.1:${port}/?view=plan`);
    await page.getByRole('button', { name: 'Examples', exact: true }).click();
    await page.getByRole('button', { name: 'Use Office, VPN and internet' }).click();
    await page.getByText('Plan replaced with').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: /Clients/ })
      .click();
    await page.getByRole('main').locator('button[aria-expanded]').first().click();
    await page.getByRole('heading', { level: 1 }).click();
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${repository}/${target}` });
    console.log(`${target} is taken.`);
  } finally {
    await browser.close();
    await server.close();
  }
});
