import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { saveOwn } from './own-draft.ts';
import { Wizard } from './wizard.ts';

const DIFFER = /This plan was changed in another tab, and the two versions differ\./;
const ANOTHER = /Another plan was opened in another tab\./;

async function tab(context: BrowserContext): Promise<Wizard> {
  const wizard = new Wizard(await context.newPage());
  await wizard.open();
  // From here on it hears what other tabs do.
  await expect(wizard.result().getByRole('tab', { name: 'All files' })).toBeVisible();
  return wizard;
}

const dnsName = (wizard: Wizard) => wizard.field('DNS name');
const setAside = (page: Page) =>
  page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('postern.set-aside')));

test('a tab shows what is typed in another, and both keep what was typed in each', async ({ context }) => {
  const [a, b] = [await tab(context), await tab(context)];
  await a.step('Server');
  await b.page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await dnsName(a).fill('from-a.postern.test');
  await b.field('Title').fill('from b');
  await expect(b.result()).toContainText('from-a.postern.test');
  await b.step('Server');
  await expect(dnsName(b)).toHaveValue('from-a.postern.test');
  await a.page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await expect(a.field('Title')).toHaveValue('from b');
  for (const { page } of [a, b]) {
    await page.reload();
    await expect(page.getByText(DIFFER)).toHaveCount(0);
  }
  await a.step('Server');
  await expect(dnsName(a)).toHaveValue('from-a.postern.test');
  await b.page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await expect(b.field('Title')).toHaveValue('from b');
});

test('a tab in which nothing was typed never overwrites, and one that opens later shows the latest', async ({
  context,
}) => {
  const silent = await tab(context);
  const typing = await tab(context);
  await typing.step('Server');
  await dnsName(typing).fill('typed.postern.test');
  await silent.page.reload();
  await silent.page.close({ runBeforeUnload: true });
  const later = await tab(context);
  await later.step('Server');
  await expect(dnsName(later)).toHaveValue('typed.postern.test');
  await expect(dnsName(typing)).toHaveValue('typed.postern.test');
});

test('typing in another tab can be undone here as well', async ({ context }) => {
  const [a, b] = [await tab(context), await tab(context)];
  await a.step('Server');
  await b.step('Server');
  await dnsName(a).pressSequentially('x');
  const typed = await dnsName(a).inputValue();
  await expect(dnsName(b)).toHaveValue(typed);
  await b.page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(dnsName(b)).toHaveValue('db.postern.test');
  await expect(dnsName(a)).toHaveValue('db.postern.test');
});

/** Two tabs that could not hear of each other: each has an answer that the other lacks. */
async function apart(context: BrowserContext): Promise<readonly [Wizard, Wizard]> {
  const a = await tab(context);
  // The next one is as a tab that the browser has frozen.
  await context.addInitScript(() => {
    const isFirst = performance.getEntriesByType('navigation').every((one) => 'type' in one && one.type === 'navigate');
    if (isFirst) window.addEventListener('storage', (event) => event.stopImmediatePropagation());
  });
  const b = await tab(context);
  await a.step('Server');
  await b.step('Server');
  await dnsName(a).fill('version-a.postern.test');
  await expect.poll(() => b.page.evaluate(() => localStorage.getItem('postern.draft'))).toContain('version-a');
  await dnsName(b).fill('version-b.postern.test');
  await expect(b.page.getByText(DIFFER)).toBeVisible();
  return [a, b];
}

test('two versions that differ are both kept, through reloads, until the user decides', async ({ context }) => {
  const [a, b] = await apart(context);
  await expect(dnsName(b)).toHaveValue('version-b.postern.test');
  await b.page.reload();
  await expect(b.page.getByText(DIFFER)).toBeVisible();
  await expect(dnsName(b)).toHaveValue('version-b.postern.test');
  await a.page.reload();
  await expect(dnsName(a)).toHaveValue('version-a.postern.test');
  // Typed on after the reload.
  await dnsName(b).fill('version-b2.postern.test');
  await b.page.reload();
  await expect(dnsName(b)).toHaveValue('version-b2.postern.test');

  // The other version can be looked at beforehand.
  const waiting = b.page.waitForEvent('download');
  await b.page.getByRole('button', { name: 'Download other version' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('postern-plan.json');
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  expect(JSON.parse(Buffer.concat(chunks).toString()).server.name).toBe('version-a.postern.test');

  await b.page.getByRole('button', { name: 'Open other version' }).click();
  await expect(dnsName(b)).toHaveValue('version-a.postern.test');
  await expect(b.page.getByText(DIFFER)).toHaveCount(0);
  // And back: the version that gave way is still there.
  await b.page.getByRole('button', { name: 'Open saved version' }).click();
  await expect(dnsName(b)).toHaveValue('version-b2.postern.test');
  expect(JSON.stringify(await setAside(b.page))).toContain('version-a.postern.test');
});

test('this version can be kept, and the other one is set aside', async ({ context }) => {
  const [a, b] = await apart(context);
  await b.page.getByRole('button', { name: 'Keep this version' }).click();
  await expect(b.page.getByText(DIFFER)).toHaveCount(0);
  await expect(b.page.getByText('This browser also has another version of your plan')).toBeVisible();
  await expect(dnsName(a)).toHaveValue('version-b.postern.test');
  await b.page.reload();
  await expect(dnsName(b)).toHaveValue('version-b.postern.test');
  expect(JSON.stringify(await setAside(b.page))).toContain('version-a.postern.test');
  await b.page.getByRole('button', { name: 'Discard saved data' }).click();
  expect(await setAside(b.page)).toEqual([]);
});

test('a tab that closes while it is separate leaves its version', async ({ context }) => {
  const [a, b] = await apart(context);
  await b.page.close();
  await a.page.reload();
  await expect(dnsName(a)).toHaveValue('version-a.postern.test');
  await a.page.getByRole('button', { name: 'Open saved version' }).click();
  await expect(dnsName(a)).toHaveValue('version-b.postern.test');
});

test("a link opened in another tab does not change this tab's plan", async ({ context, page }) => {
  const sender = new Wizard(page);
  await sender.open();
  await sender.step('Server');
  await dnsName(sender).fill('linked.postern.test');
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await expect(sender.field('Link to this plan')).toHaveValue(/#a/);
  await expect(sender.result()).toContainText('linked.postern.test');
  const link = await sender.field('Link to this plan').inputValue();
  await saveOwn(page, 'direct');
  await page.close();

  const a = await tab(context);
  await a.step('Server');
  await dnsName(a).fill('mine.postern.test');
  const b = new Wizard(await context.newPage());
  await b.page.goto(link);
  await expect(b.page.getByText('This plan came from a link.')).toBeVisible();
  await expect(a.page.getByText(ANOTHER)).toBeVisible();
  await expect(dnsName(a)).toHaveValue('mine.postern.test');
  // The linked plan keeps it already.
  expect(await setAside(a.page)).toEqual([]);
  await dnsName(a).fill('mine-too.postern.test');
  await b.page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await b.field('Title').fill('their title');
  await a.page.reload();
  await expect(dnsName(a)).toHaveValue('mine-too.postern.test');
  await b.page.reload();
  await expect(b.field('Title')).toHaveValue('their title');
  await a.page.getByRole('button', { name: 'Open other version' }).click();
  await expect(dnsName(a)).toHaveValue('linked.postern.test');
  await a.page.getByRole('button', { name: 'Open saved version' }).click();
  await expect(dnsName(a)).toHaveValue('mine-too.postern.test');
});

test('a plan of a newer page in another tab is not overwritten', async ({ context }) => {
  const [a, newer] = [await tab(context), await tab(context)];
  await a.step('Server');
  await dnsName(a).fill('older.postern.test');
  const text = '{"state":{"anything":1},"version":99}';
  await newer.page.evaluate((value) => localStorage.setItem('postern.draft', value), text);
  await expect(a.page.getByText('by a newer version of Postern')).toBeVisible();
  await dnsName(a).fill('older-too.postern.test');
  expect(await a.page.evaluate(() => localStorage.getItem('postern.draft'))).toBe(text);
  await a.page.reload();
  await expect(dnsName(a)).toHaveValue('older-too.postern.test');
  await a.page.getByRole('button', { name: 'Keep this version' }).click();
  await expect(a.page.getByText('made by a newer version of Postern. It was set aside')).toBeVisible();
  expect(JSON.stringify(await setAside(a.page))).toContain('anything');
  expect(await a.page.evaluate(() => localStorage.getItem('postern.draft'))).toContain('older-too');
});

test('a page of an earlier version, which doesn’t distinguish tabs, overwrites the draft, and this tab keeps its version', async ({
  context,
}) => {
  const [a, older] = [await tab(context), await tab(context)];
  await a.step('Server');
  await dnsName(a).fill('mine.postern.test');
  await older.page.evaluate(() => {
    const { state, version } = JSON.parse(localStorage.getItem('postern.draft') ?? '');
    state.draft.server.name = 'stale.postern.test';
    localStorage.setItem('postern.draft', JSON.stringify({ state: { draft: state.draft, kept: null }, version }));
  });
  await expect(a.page.getByText(/in another tab/).first()).toBeVisible();
  await expect(dnsName(a)).toHaveValue('mine.postern.test');
  await a.page.reload();
  await expect(dnsName(a)).toHaveValue('mine.postern.test');
});
