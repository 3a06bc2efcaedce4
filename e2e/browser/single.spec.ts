import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { certificates } from './certificates.ts';
import { ServerFiles } from './server-files.ts';
import { Wizard } from './wizard.ts';

// `npm run build:single` made it.
const file = join(import.meta.dirname, '../../dist-single/postern.html');
const address = (query = '') => `${pathToFileURL(file)}${query}`;

/** What the page must not do: send requests, and report errors. */
const faults: string[] = [];

test.beforeEach(async ({ context, page }) => {
  expect(existsSync(file), `${file}: run npm run build:single`).toBe(true);
  faults.length = 0;
  context.on('request', (request) => {
    const { protocol, pathname } = new URL(request.url());
    const inPage = protocol === 'blob:' || protocol === 'data:';
    if (!inPage && !(protocol === 'file:' && pathname === pathToFileURL(file).pathname)) faults.push(request.url());
  });
  context.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  await context.setOffline(true);
});

test.afterEach(() => expect(faults).toEqual([]));

test('the file makes a plan from the disk, and keeps it', async ({ page }) => {
  const wizard = new Wizard(page);
  await page.goto(address());
  await page.getByRole('button', { name: 'Load an example' }).click();
  await page.getByRole('button', { name: /^Use / }).first().click();
  await expect(page.getByText(/is open as a new plan\.$/)).toBeVisible();
  await wizard.noProblems();
  await wizard.tab('pg_hba.conf');
  await expect(wizard.fileText(/pg_hba\.conf/)).toContainText('scram-sha-256');
  await wizard.step('Server');
  await wizard.field('DNS name').fill('db.island.example');
  await expect(page).toHaveURL(/^file:.*\?view=plan/);
  await page.reload();
  await wizard.step('Server');
  await expect(wizard.field('DNS name')).toHaveValue('db.island.example');
});

test('a link of the file opens in the file', async ({ page }) => {
  const wizard = new Wizard(page);
  await page.goto(address());
  await page.getByRole('button', { name: 'Load an example' }).click();
  await page.getByRole('button', { name: /^Use / }).first().click();
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await expect(wizard.field('Link to this plan')).toHaveValue(/^file:.*postern\.html#a/);
  const link = await wizard.field('Link to this plan').inputValue();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByText('This plan came from a link.')).toBeVisible();
});

test('the file audits, and downloads the report', async ({ page }) => {
  const files = new ServerFiles(page);
  await page.goto(address('?view=audit'));
  await files.add({ 'pg_hba.conf': 'host all all 0.0.0.0/0 trust\n' });
  const findings = page.getByRole('region', { name: 'Findings' });
  await expect(findings).toContainText('Critical');
  await expect(files.editor()).toContainText('0.0.0.0/0');
  const download = page.waitForEvent('download');
  await findings.getByRole('button', { name: 'Markdown' }).click();
  expect((await download).suggestedFilename()).toBe('postern-audit.md');
});

test('the file checks a certificate', async ({ page }) => {
  await page.goto(address('?view=certificate'));
  await page.getByRole('textbox', { name: 'PEM certificates' }).fill(certificates.server + certificates.root);
  await expect(page.getByText('2 certificates read.')).toBeVisible();
});

test('the file contains the license notices', async ({ page }) => {
  await page.goto(address('?view=targets'));
  await page.getByText('Third-party licenses').click();
  await expect(page.getByText(/Postern contains code of these packages/)).toBeVisible();
});

test('the policy of the file permits only its own script and style, and no request', async ({ page }) => {
  await page.goto(address());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toMatch(/default-src 'none'; script-src( 'sha256-[^ ]+'){2}; style-src 'sha256-[^ ]+';/);
  expect(policy).toContain("connect-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(await inlineScriptRuns(page)).toBe(false);
  // This attempt is reported, and is the only error.
  expect(faults.splice(0).join()).toContain('Content Security Policy');
});

const inlineScriptRuns = (page: Page) =>
  page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "ran"';
    document.head.append(script);
    return document.title === 'ran';
  });
