import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { Wizard } from './wizard.ts';

const built = join(import.meta.dirname, '../../dist');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

test('works from a folder below the root of any static server, and loads nothing from elsewhere', async ({
  browser,
}) => {
  const server = staticServer('/tools/postern/');
  const port = await listening(server);
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.host !== `127.0.0.1:${port}`) elsewhere.push(url.href);
  });
  const wizard = new Wizard(page);
  await page.goto(`http://127.0.0.1:${port}/tools/postern/?view=plan`);
  await expect(wizard.result().getByText('answers are missing')).toBeVisible();
  await page.getByRole('button', { name: 'Examples', exact: true }).click();
  await page.getByRole('button', { name: /^Use / }).first().click();
  await expect(wizard.result().getByRole('tab', { name: 'All files' })).toBeVisible();
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await expect(wizard.field('Link to this plan')).toHaveValue(/\/tools\/postern\/#a/);
  expect(complaints).toEqual([]);
  expect(elsewhere).toEqual([]);
  await context.close();
  server.close();
});

test('has a policy that blocks inline and remote code', async ({ page }) => {
  await page.goto('/');
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('the server sends the headers that the README asks of every host', async ({ request }) => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const [always = [], hashed = [], others = []] = [...readme.matchAll(/^```http\n([\s\S]*?)^```$/gm)].map(
    ([, block = '']) =>
      block
        .trimEnd()
        .split('\n')
        .map((line) => line.split(': ') as [name: string, value: string]),
  );
  expect(always.map(([name]) => name)).toContain('Content-Security-Policy');
  const html = await (await request.get('/')).text();
  const assets = [...html.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(assets.length).toBeGreaterThan(1);
  const sent = async (path: string, wanted: typeof always) => {
    const response = await request.get(path);
    expect(response.status(), path).toBe(200);
    for (const [name, value] of wanted)
      expect(response.headers()[name.toLowerCase()], `${name} of ${path}`).toBe(value);
  };
  for (const path of assets) await sent(path, [...always, ...hashed]);
  for (const path of [
    '/',
    '/index.html',
    '/icon.svg',
    '/manifest.webmanifest',
    '/presets/index.json',
    '/service-worker.js',
    '/THIRD-PARTY-LICENSES.txt',
  ])
    await sent(path, [...always, ...others]);
  expect((await request.get('/manifest.webmanifest')).headers()['content-type']).toBe('application/manifest+json');
  // It concerns all pages of a host name, so only its owner can decide.
  expect(readme).toContain('\nStrict-Transport-Security: ');
  expect((await request.get('/')).headers()).not.toHaveProperty('strict-transport-security');
  const gone = await request.get('/assets/gone.js', { headers: { accept: '*/*' } });
  expect(gone.status()).toBe(404);
  expect(gone.headers()['cache-control'] ?? '').not.toContain('immutable');
});

test('no other site can frame the page', async ({ page, baseURL }) => {
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<iframe src="${baseURL}/"></iframe>`),
  );
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(`http://127.0.0.1:${await listening(server)}/`);
  await expect.poll(() => said.join()).toContain('frame-ancestors');
  await expect(page.frameLocator('iframe').getByRole('banner')).toHaveCount(0);
  server.close();
});

test('ships the license notice of every package whose code the build contains, and links to it', async ({
  page,
  request,
}) => {
  test.setTimeout(300_000);
  const notices = await (await request.get('/THIRD-PARTY-LICENSES.txt')).text();
  // Source maps say independently where each line of the scripts is from; workers' among them.
  const made = mkdtempSync(join(tmpdir(), 'postern-maps-'));
  try {
    execFileSync(
      process.execPath,
      [
        'node_modules/vite/bin/vite.js',
        'build',
        '--logLevel',
        'error',
        '--sourcemap',
        '--outDir',
        made,
        '--emptyOutDir',
      ],
      { cwd: join(built, '..') },
    );
    const maps = readdirSync(join(made, 'assets')).filter((name) => name.endsWith('.js.map'));
    const sources = maps.flatMap(
      (name) => (JSON.parse(readFileSync(join(made, 'assets', name), 'utf8')) as { sources: string[] }).sources,
    );
    const names = sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []);
    // What no source map names: the style sheet, and the bundler's helpers.
    const contained = new Set([...names, 'tailwindcss', 'vite', 'rolldown']);
    expect(contained.size).toBeGreaterThan(20);
    const modules = join(built, '../node_modules');
    for (const name of contained) {
      const { version, license } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
      const [, notice = ''] = notices.split(`\n${name} ${version} (${license})\n\n`);
      expect(notice.slice(0, 4000), `the notice of ${name}`).toMatch(/copyright|permission/i);
    }
    const listed = [...notices.matchAll(/^ {2}(\S+) \S+ \(/gm)].map(([, name = '']) => name);
    expect(new Set(listed)).toEqual(contained);
  } finally {
    rmSync(made, { recursive: true });
  }
  await page.goto('/?view=targets');
  const link = page.getByRole('link', { name: 'Third-party licenses' });
  expect(await (await request.get(String(await link.evaluate((a: HTMLAnchorElement) => a.href)))).text()).toBe(notices);
});

test('the start page can be used after 100 kB', async ({ request }) => {
  const text = async (path: string) => (await request.get(path)).text();
  const html = await text('/');
  // A browser does not request a disabled style sheet. The first part that loads after the start page enables it.
  const requested = html.replace(/<link rel="stylesheet" disabled [^>]*>/, '');
  expect(requested).not.toBe(html);
  const paths = [...requested.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
  const files = [html, ...(await Promise.all(paths.map(text)))];
  const bytes = files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
  expect(bytes).toBeLessThanOrEqual(100_000);
});

test('the start page can be read without a script, and a text typed before it starts is kept', async ({ page }) => {
  let arrive: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route('**/assets/*.js', async (route) => {
    await held;
    await route.continue();
  });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const field = page.getByLabel('Error message or server log');
  await field.fill('FATAL: no pg_hba.conf entry');
  arrive();
  // Only the script knows what the text is.
  await expect(page.locator('p[role=status]:not(:empty)')).toBeVisible();
  await expect(field).toHaveValue('FATAL: no pg_hba.conf entry');
  expect(complaints).toEqual([]);
});

test('an address of another view does not show the start page first', async ({ page }) => {
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.goto('/?view=audit');
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await expect(page.locator('main')).toBeHidden();
});

test('bytes until the first step can be used (printed, not judged)', async ({ page }) => {
  const arrived: { name: string; bytes: number; at: number }[] = [];
  page.on('response', async (response) => {
    const at = Date.now();
    const body = await response.body().catch(() => Buffer.alloc(0));
    arrived.push({ name: new URL(response.url()).pathname, bytes: gzipSync(body, { level: 9 }).length, at });
  });
  await page.goto('/?view=plan');
  await page.getByRole('radio', { name: /^VPN/ }).waitFor();
  const usable = Date.now();
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(500);
  const sum = (all: typeof arrived) => all.reduce((total, { bytes }) => total + bytes, 0);
  const needed = new Set(await neededFirst(page));
  const first = arrived.filter(({ name }) => needed.has(name) || name === '/');
  console.log(
    `first step usable: ${sum(first)} bytes gzip in ${first.length} responses (${sum(arrived.filter(({ at }) => at <= usable))} had begun to arrive)`,
  );
  console.log(
    `everything beside it, with the core and the result: ${sum(arrived)} bytes gzip in ${arrived.length} responses`,
  );
});

/** What the page itself asks for before it shows anything: the style, the entry and what the entry imports. */
async function neededFirst(page: import('@playwright/test').Page): Promise<string[]> {
  const asked = await page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'script[src], link[rel=stylesheet], link[rel=modulepreload], link[rel=icon]',
      ),
    ].map((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? ''),
  );
  const html = await (await page.request.get('/')).text();
  return asked.filter((path) => html.includes(path)).map((path) => new URL(path, page.url()).pathname);
}

function staticServer(base: string): Server {
  return createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const file = join(built, normalize(path.slice(base.length) || 'index.html'));
    if (!path.startsWith(base) || !file.startsWith(built) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
}

const listening = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
