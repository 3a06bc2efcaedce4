import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
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
  await page.goto(`http://127.0.0.1:${port}/tools/postern/`);
  await expect(wizard.result().getByRole('heading', { name: /Database server/ })).toBeVisible();
  await page.getByRole('button', { name: 'Examples', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Use / }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Take away' }).first().click();
  await expect(wizard.field('Link to this plan')).toHaveValue(/\/tools\/postern\/#a/);
  expect(complaints).toEqual([]);
  expect(elsewhere).toEqual([]);
  await context.close();
  server.close();
});

test('has a policy that lets nothing inline or remote run', async ({ page }) => {
  await page.goto('/');
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('bytes until the first step can be used (printed, not judged)', async ({ page }) => {
  const arrived: { name: string; bytes: number; at: number }[] = [];
  page.on('response', async (response) => {
    const at = Date.now();
    const body = await response.body().catch(() => Buffer.alloc(0));
    arrived.push({ name: new URL(response.url()).pathname, bytes: gzipSync(body, { level: 9 }).length, at });
  });
  await page.goto('/');
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
