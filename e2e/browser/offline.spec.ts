import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { certificates } from './certificates.ts';
import { ServerFiles } from './server-files.ts';
import { Wizard } from './wizard.ts';

const built = join(import.meta.dirname, '../../dist');
const FOLDER = '/tools/postern/';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

type Build = ReadonlyMap<string, Buffer>;

const first: Build = new Map(
  readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(built.length + 1), readFileSync(path)]),
);

const sha256 = (contents: Buffer) => createHash('sha256').update(contents);

/** The build as if each script had changed: every asset has another name, and the page says that it is the second. */
function secondBuild(): Build {
  const names = [...first.keys()].flatMap((path) => /^assets\/(.*)$/.exec(path)?.[1] ?? []);
  const name = new RegExp(names.map((one) => one.replaceAll('.', '\\.')).join('|'), 'g');
  const renamed = (text: string) => text.replace(name, (one) => one.replace(/(\.\w+)$/, '2$1'));
  const files = new Map(
    [...first].map(([path, contents]) => [
      renamed(path),
      /\.(html|js|css)$/.test(path) ? Buffer.from(renamed(String(contents))) : contents,
    ]),
  );
  files.set('index.html', Buffer.from(String(files.get('index.html')).replace('<html', '<html data-build="2"')));
  const script = String(files.get('service-worker.js')).replace(/\{"\.\/":"sha256-[^}]*\}/, (list) =>
    JSON.stringify(
      Object.fromEntries(
        Object.keys(JSON.parse(list)).map((path) => [
          path,
          `sha256-${sha256(files.get(path === './' ? 'index.html' : path) ?? Buffer.of()).digest('base64')}`,
        ]),
      ),
    ),
  );
  return files.set('service-worker.js', Buffer.from(script.replace(/(?<=["'`])[0-9a-f]{16}(?=["'`])/, '2'.repeat(16))));
}

interface Site {
  readonly address: string;
  /** What the server serves; a number is the status of every response, and null: the server can't be reached. */
  serves: Build | number | null;
  readonly requests: string[];
}

const test = base.extend<{ site: Site }>({
  serviceWorkers: 'allow',
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  site: async ({}, use) => {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://x').pathname;
      if (site.serves === null) return void request.socket.destroy();
      if (typeof site.serves === 'number') return void response.writeHead(site.serves).end('not now');
      site.requests.push(path);
      const name = path.slice(FOLDER.length) || 'index.html';
      const contents = path.startsWith(FOLDER) ? site.serves.get(name) : undefined;
      if (!contents) return void response.writeHead(404).end();
      const caching = name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain', 'cache-control': caching });
      response.end(contents);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = server.address();
    const port = typeof at === 'object' && at ? at.port : 0;
    const site: Site = { address: `http://127.0.0.1:${port}${FOLDER}`, serves: first, requests: [] };
    await use(site);
    server.closeAllConnections();
    server.close();
  },
});

/** Opens the page and waits until it works without a network. */
async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}

/** As if the user came back to the tab later: then the page looks for a new version. */
async function comeBack(page: Page): Promise<void> {
  await page.clock.setFixedTime(Date.now() + 3_600_000);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

const build = (page: Page) => page.locator('html').getAttribute('data-build');
const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'A new version of Postern is available.' });

test('after the first visit, the page and screens that were never open work offline', async ({
  page,
  context,
  site,
}) => {
  const wizard = new Wizard(page);
  await visit(page, `${site.address}?view=plan`);
  await wizard.step('Server');
  await wizard.field('DNS name').fill('kept.postern.test');
  await context.setOffline(true);
  site.serves = null;
  await page.reload();
  await expect(wizard.field('DNS name')).toHaveValue('kept.postern.test');
  await wizard.step('Access pattern');
  await page.getByRole('button', { name: 'Examples', exact: true }).click();
  await page.getByRole('button', { name: /^Use / }).first().click();
  await expect(page.getByText(/is open as a new plan\.$/)).toBeVisible();
  await wizard.tab('pg_hba.conf');
  await expect(wizard.fileText(/pg_hba\.conf/)).toContainText('hostssl');
  await page.goto(`${site.address}index.html?view=audit`);
  await new ServerFiles(page).add({ 'pg_hba.conf': 'host all all 0.0.0.0/0 trust\n' });
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText('Critical');
  await page.goto(`${site.address}?view=certificate`);
  await page.getByRole('textbox', { name: 'PEM certificates' }).fill(certificates.server + certificates.root);
  await expect(page.getByText('2 certificates read.')).toBeVisible();
  await page.goto(`${site.address}?view=targets`);
  await page.getByRole('link', { name: 'Third-party licenses' }).click();
  await expect(page.getByText(/Postern contains code of these packages/)).toBeVisible();
});

test('the cache has the files of the build, and nothing else', async ({ page, site }) => {
  await visit(page, site.address);
  await page.evaluate(() => fetch('./presets/index.json?another'));
  await page.evaluate(() => fetch('./catalogue/16.json'));
  const cached = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => url);
  });
  const wanted = [...first.keys()]
    .filter((path) => !path.startsWith('catalogue/') && path !== 'service-worker.js')
    .map((path) => `${site.address}${path === 'index.html' ? '' : path}`);
  expect(cached.sort()).toEqual(wanted.sort());
});

test('a server that fails is treated as none, and its page is preferred while it works', async ({ page, site }) => {
  await visit(page, site.address);
  site.serves = 503;
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const other = new Map(first);
  site.serves = other.set(
    'index.html',
    Buffer.from(String(first.get('index.html')).replace('<html', '<html data-build="from the network"')),
  );
  await page.reload();
  expect(await build(page)).toBe('from the network');
});

test('a new version is offered, and nothing is loaded again as long as the update waits', async ({ page, site }) => {
  const wizard = new Wizard(page);
  await visit(page, `${site.address}?view=plan`);
  await wizard.step('Server');
  await wizard.field('DNS name').fill('typed.postern.test');
  site.serves = secondBuild();
  await comeBack(page);
  await expect(notice(page)).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(notice(page)).toBeHidden();
  await wizard.field('Port').fill('6543x');
  expect(await build(page)).toBe(null);
  await expect(wizard.field('DNS name')).toHaveValue('typed.postern.test');
});

test('the update loads the new version with the draft and the files', async ({ page, context, site }) => {
  const wizard = new Wizard(page);
  await visit(page, `${site.address}?view=audit`);
  const files = new ServerFiles(page);
  await files.add({ 'pg_hba.conf': 'host all all 10.7.0.0/16 md5\n' });
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Plan' }).click();
  await wizard.step('Server');
  await wizard.field('DNS name').fill('typed.postern.test');
  site.serves = secondBuild();
  await comeBack(page);
  await expect(notice(page)).toBeVisible();
  await wizard.field('Port').fill('6543x');
  await page.getByRole('button', { name: 'Update', exact: true }).click();
  await expect.poll(() => build(page)).toBe('2');
  await expect(wizard.field('DNS name')).toHaveValue('typed.postern.test');
  await expect(wizard.field('Port')).toHaveValue('6543x');
  await expect(notice(page)).toBeHidden();
  // The new version works offline as well.
  await context.setOffline(true);
  site.serves = null;
  await page.goto(`${site.address}?view=audit`);
  expect(await build(page)).toBe('2');
  await expect(files.editor()).toContainText('10.7.0.0/16');
});

test('an update that would lose the draft says so first', async ({ page, site }) => {
  const wizard = new Wizard(page);
  await visit(page, `${site.address}?view=plan`);
  await wizard.step('Server');
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await wizard.field('DNS name').fill('unsaved.postern.test');
  site.serves = secondBuild();
  await comeBack(page);
  await expect(notice(page)).toBeVisible();
  await page.getByRole('button', { name: 'Update', exact: true }).click();
  await expect(page.getByText("This browser can't save your plan or files")).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download draft' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('unsaved.postern.test');
  expect(await build(page)).toBe(null);
  await page.getByRole('button', { name: 'Update anyway' }).click();
  await expect.poll(() => build(page)).toBe('2');
});

test('a page that already is the new version needs no update, and a tab with the previous one still works', async ({
  page,
  context,
  site,
}) => {
  await visit(page, `${site.address}?view=plan`);
  site.serves = secondBuild();
  const other = await context.newPage();
  await visit(other, site.address);
  expect(await build(other)).toBe('2');
  await other.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return (
      registration?.active && !registration.waiting && !registration.installing && (await caches.keys()).length === 2
    );
  });
  await expect(notice(other)).toBeHidden();
  // The first tab is told, and finds the parts of its version, which the server no longer has.
  await expect(notice(page)).toBeVisible();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Certificate' }).click();
  await page.getByRole('textbox', { name: 'PEM certificates' }).fill(certificates.server + certificates.root);
  await expect(page.getByText('2 certificates read.')).toBeVisible();
  await page.getByRole('button', { name: 'Update', exact: true }).click();
  await expect.poll(() => build(page)).toBe('2');
});

test('a build with a damaged file is not installed', async ({ page, site }) => {
  await visit(page, site.address);
  const damaged = new Map(secondBuild());
  site.serves = damaged.set('icon.svg', Buffer.from('<svg/>'));
  site.requests.length = 0;
  await comeBack(page);
  await expect.poll(() => site.requests).toContain(`${FOLDER}icon.svg`);
  await page.waitForFunction(async () => (await caches.keys()).length === 1);
  await expect(notice(page)).toBeHidden();
  site.serves = null;
  await page.reload();
  expect(await build(page)).toBe(null);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the manifest names the page and its icon', async ({ page, site }) => {
  await page.goto(site.address);
  const address = await page.locator('link[rel=manifest]').evaluate((link: HTMLLinkElement) => link.href);
  const { start_url, scope, display, icons } = await (await page.request.get(address)).json();
  expect([new URL(start_url, address).href, new URL(scope, address).href]).toEqual([site.address, site.address]);
  expect(display).toBe('standalone');
  expect((await page.request.get(new URL(icons[0].src, address).href)).headers()['content-type']).toBe(icons[0].type);
});

test('the page can be installed', async ({ site, playwright, launchOptions }) => {
  // The headless shell reports nothing about installing. scripts/test.mjs finds or installs a full Chromium, so this is
  // skipped only where neither is possible.
  const withWindow = process.env.POSTERN_WITH_WINDOW ?? '/usr/bin/chromium';
  test.skip(!existsSync(withWindow), 'Only a full Chromium says whether a page can be installed, and there is none.');
  const browser = await playwright.chromium.launch({ ...launchOptions, executablePath: withWindow });
  try {
    const other = await browser.newPage({ serviceWorkers: 'allow' });
    await visit(other, site.address);
    const session = await other.context().newCDPSession(other);
    const { errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // Tests have a private window, in which Chromium installs nothing.
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  } finally {
    await browser.close();
  }
});
