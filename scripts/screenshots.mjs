// node scripts/screenshots.mjs FOLDER [PART…]: builds the page and takes a screenshot of every screen, in both themes and
// three widths. FOLDER is outside the repository. With parts of names, such as `390` or `plan`, only those that contain
// all of them.
import { mkdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { findChromium } from './lib/chromium.mjs';
import { main, Problem } from './lib/problem.mjs';
import { repository } from './lib/repository.mjs';

const WIDTHS = [390, 834, 1440];
const HEIGHTS = { 390: 844, 834: 1112, 1440: 900 };
const THEMES = ['light', 'dark'];

/** Each view of the address, by the name of its screenshot. */
const VIEWS = {
  start: '/',
  'quick-setup': '/?view=express',
  audit: '/?view=audit',
  trace: '/?view=path',
  map: '/?view=map',
  compare: '/?view=compare',
  troubleshoot: '/?view=refusal',
  log: '/?view=log',
  import: '/?view=import',
  reference: '/?view=targets',
  'reference-page': '/?view=targets&page=pg-hba',
  certificate: '/?view=certificate',
  comparison: '/?view=database-comparison',
};

/** Views that show more with the example files. */
const WITH_EXAMPLE = ['audit', 'trace', 'map', 'compare', 'import'];

/** What each pattern adds to the screens of the plan. */
const PATTERNS = ['Direct', 'VPN', 'Private subnet', 'Bastion'];

await main(async () => {
  const [folder, ...parts] = process.argv.slice(2);
  if (folder === undefined) throw new Problem('Name the folder for the pictures: node scripts/screenshots.mjs FOLDER');
  const target = resolve(folder);
  if (`${target}${sep}`.startsWith(`${resolve(repository)}${sep}`))
    throw new Problem('The folder must be outside the repository: the pictures are not part of it.');
  const found = await findChromium();
  if (found.missing) throw new Problem(found.missing);
  await mkdir(target, { recursive: true });
  await build({ root: repository, logLevel: 'warn' });
  const server = await preview({ root: repository, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
  const address = `http://127.0.0.1:${server.httpServer.address().port}`;
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: found.path, args: sandbox });
  let count = 0;
  try {
    for (const width of WIDTHS)
      for (const theme of THEMES) {
        // Each begins without what another has left in the storage.
        const newPage = () =>
          browser.newPage({
            viewport: { width, height: HEIGHTS[width] },
            colorScheme: theme,
            reducedMotion: 'reduce',
            serviceWorkers: 'block',
          });
        const take = async (page, name) => {
          const path = `${name}-${width}-${theme}.png`;
          if (!parts.every((part) => path.includes(part))) return;
          await page.getByText('Loading…').waitFor({ state: 'detached' });
          await page.evaluate(() => document.fonts.ready);
          await page.waitForTimeout(250);
          await page.screenshot({ path: join(target, path) });
          count += 1;
        };
        if (parts.every((part) => !/^(\d+|light|dark)$/.test(part) || `${width} ${theme}`.includes(part)))
          await takeAll(newPage, address, take);
      }
  } finally {
    await browser.close();
    await server.close();
  }
  console.log(`${count} pictures are in ${target}.`);
});

async function takeAll(newPage, address, take) {
  const open = async (path, page) => {
    await page.goto(`${address}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  for (const [name, path] of Object.entries(VIEWS)) {
    const page = await newPage();
    await open(path, page);
    const example = page.getByRole('button', { name: /^Load example/ }).first();
    if (WITH_EXAMPLE.includes(name) && (await example.isVisible())) {
      await take(page, `${name}-empty`);
      await example.click();
      await page.waitForTimeout(1200);
    }
    await take(page, name);
    await page.close();
  }
  const page = await newPage();
  await takePlan(page, (path) => open(path, page), take);
  await open('/?view=plan', page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await take(page, 'palette');
  await page.keyboard.type('tls');
  await take(page, 'palette-results');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox').waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await take(page, 'help');
  await page.close();
}

/** Every screen of the plan; those that several patterns have, once. */
async function takePlan(page, open, take) {
  const seen = new Set();
  for (const pattern of PATTERNS) {
    await open('/?view=plan');
    await page.evaluate(() => history.replaceState({ step: 'pattern', group: 'choice' }, ''));
    await open('/?view=plan');
    await page
      .getByRole('radio', { name: new RegExp(`^${pattern}`) })
      .and(page.locator('[name=pattern]'))
      .check();
    for (;;) {
      await page.getByText('Loading…').waitFor({ state: 'detached' });
      const heading = await page.getByRole('heading', { level: 1 }).textContent();
      if (!seen.has(heading)) {
        seen.add(heading);
        const dismiss = page.getByRole('button', { name: 'Dismiss' });
        if (await dismiss.isVisible()) await dismiss.click();
        await page.evaluate(() => window.scrollTo(0, 0));
        await take(
          page,
          `plan-${String(seen.size).padStart(2, '0')}-${heading.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
        );
      }
      const next = page.getByRole('button', { name: /^Next: / });
      if ((await next.count()) === 0) break;
      await next.click();
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor({ state: 'detached' });
    }
  }
  const bar = page.getByRole('button', { name: /\d+ files · / });
  if (await bar.isVisible()) {
    await bar.click();
    await take(page, 'sheet');
    await page.keyboard.press('Escape');
  }
}
