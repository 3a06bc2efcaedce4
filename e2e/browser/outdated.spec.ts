import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { saveOwn } from './own-draft.ts';
import { slowWorker } from './slow-worker.ts';
import { Wizard } from './wizard.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const clear = (page: Page) => page.evaluate(() => navigator.clipboard.writeText('nothing'));

/** The link to a plan with this title and a client of this name. */
async function linkTo(context: BrowserContext, title: string, client: string): Promise<string> {
  const sender = new Wizard(await context.newPage());
  await sender.open();
  await sender.step('Clients');
  await sender.field('Name').fill(client);
  await sender.page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await sender.field('Title').fill(title);
  await sender.tab('pg_hba.conf');
  await expect(sender.result()).toContainText(client);
  await sender.page.getByRole('button', { name: 'Copy link' }).click();
  await expect(sender.page.getByText(/Link copied/)).toBeVisible();
  const link = await clipboard(sender.page);
  await saveOwn(sender.page, 'direct');
  await sender.page.close();
  return link;
}

/** A tab whose own plan names "mine" and that shows a plan from a link while its files are being generated. */
async function opened(page: Page, context: BrowserContext, title: string): Promise<Wizard> {
  const link = await linkTo(context, title, 'theirs');
  await slowWorker(page, 'core');
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Clients');
  await wizard.field('Name').fill('mine');
  await expect(wizard.fileText(/pg_hba\.conf/)).toContainText('mine');
  await clear(page);
  // Without a reload: a page that loads again can open the link before there are files to mark as outdated.
  await page.evaluate((hash) => location.assign(hash), new URL(link).hash);
  await expect(page.getByText('This plan came from a link.')).toBeVisible();
  await expect(wizard.result().getByText('The result shown is outdated')).toBeVisible();
  // A link is shown on its review, and the tab follows.
  await wizard.tab('pg_hba.conf');
  return wizard;
}

const OUTDATED = /The result shown is outdated: it belongs to an earlier version of the plan/;
const REFUSED = /Nothing was copied or downloaded/;

test('until its own files are generated, a plan from a link shows the previous files marked, and none can be copied or downloaded', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const wizard = await opened(page, context, 'takes 15000 ms');
  const result = wizard.result();
  await expect(result.getByRole('status').filter({ hasText: 'Generating files…' })).toContainText(OUTDATED);
  await expect(result.getByRole('group', { name: 'Outdated result' })).toBeVisible();
  // The review is about another plan as well, and says so.
  await expect(page.getByRole('main').getByText(OUTDATED)).toBeVisible();
  const downloads: string[] = [];
  page.on('download', (download) => downloads.push(download.suggestedFilename()));
  const buttons = [
    result.getByRole('button', { name: /^Copy .*pg_hba\.conf/ }),
    result.getByRole('button', { name: /^Download .*pg_hba\.conf/ }),
  ];
  for (const button of buttons) {
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await button.click({ force: true });
    await expect(page.getByText(REFUSED)).toBeVisible();
  }
  await wizard.fileText(/pg_hba\.conf/).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  for (const name of ['Download .tar.gz', 'Download .zip', 'Copy link']) {
    await page.getByRole('button', { name }).click({ force: true });
  }
  await wizard.tab('pg_hba.conf');
  await expect(page.getByRole('textbox', { name: 'Link to this plan' })).toHaveValue('');
  expect(await clipboard(page)).toBe('nothing');
  expect(downloads).toEqual([]);

  // Then its own are there, and can.
  await expect(wizard.fileText(/pg_hba\.conf/)).toContainText('theirs', { timeout: 30_000 });
  await expect(page.getByText(OUTDATED)).toHaveCount(0);
  await result.getByRole('button', { name: /^Copy .*pg_hba\.conf/ }).click();
  await expect.poll(() => clipboard(page)).toContain('theirs');
});

test('generating can be canceled and started again, and the focus stays', async ({ page, context }) => {
  const wizard = await opened(page, context, 'takes 600000 ms');
  const button = wizard.result().getByRole('button', { name: 'Cancel' });
  await button.focus();
  await page.keyboard.press('Enter');
  const generate = wizard.result().getByRole('button', { name: 'Generate', exact: true });
  await expect(generate).toBeFocused();
  await expect(wizard.result().getByRole('status').first()).toContainText('Generation was canceled.');
  await expect(wizard.result().getByText(OUTDATED)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(wizard.result().getByRole('status').first()).toContainText('Generating files…');
  // Another plan does not wait for this one: its worker is ended.
  await page.getByRole('button', { name: 'Back to my draft' }).click();
  await expect(page.getByText(OUTDATED)).toHaveCount(0, { timeout: 20_000 });
  await wizard.tab('pg_hba.conf');
  await expect(wizard.fileText(/pg_hba\.conf/)).toContainText('mine');
});

test('a newer answer supersedes one that takes long, and links open meanwhile', async ({ page, context }) => {
  const link = await linkTo(context, 'quick', 'linked');
  await slowWorker(page, 'core');
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.generated();
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await wizard.field('Title').fill('takes 600000 ms');
  await expect(wizard.result().getByText('Generating files…').first()).toBeVisible();
  await wizard.field('Title').fill('quick now');
  await expect(page.getByText(OUTDATED)).toHaveCount(0, { timeout: 20_000 });
  await wizard.field('Title').fill('takes 600000 ms');
  await expect(wizard.result().getByText('Generating files…').first()).toBeVisible();
  await page.goto(link);
  await wizard.tab('pg_hba.conf');
  await expect(wizard.fileText(/pg_hba\.conf/)).toContainText('linked', { timeout: 20_000 });
});

test('a phone says in its bar that files are being generated', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await slowWorker(page, 'core');
  const wizard = new Wizard(page);
  await wizard.open();
  await expect(page.getByRole('button', { name: /files · / })).toBeVisible();
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await wizard.field('Title').fill('takes 600000 ms');
  await expect(page.getByRole('button', { name: 'Generating files…' })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Files not generated' })).toBeVisible();
});

test('while an answer is invalid, the previous files are marked and cannot be copied or downloaded', async ({
  page,
}) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.generated();
  await clear(page);
  await wizard.step('Server');
  await wizard.field('Port').fill('5432x');
  await expect(wizard.result().getByText('One answer is missing or invalid.')).toContainText(OUTDATED);
  await wizard.tab('pg_hba.conf');
  await wizard
    .result()
    .getByRole('button', { name: /^Copy .*pg_hba\.conf/ })
    .click({ force: true });
  await expect(page.getByText(REFUSED)).toBeVisible();
  expect(await clipboard(page)).toBe('nothing');
});

test('copying right after an entry copies the files that include it', async ({ page }) => {
  await slowWorker(page, 'core');
  const wizard = new Wizard(page);
  await wizard.open();
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await wizard.field('Title').fill('takes 300 ms');
  await expect(wizard.result().getByRole('button', { name: /^Copy .*pg_hba\.conf/ })).toBeVisible();
  await wizard.step('Clients');
  await wizard.add('Source networks', '198.18.2.0/24');
  await wizard
    .result()
    .getByRole('button', { name: /^Copy .*pg_hba\.conf/ })
    .click();
  await expect(page.getByText('pg_hba.conf copied.')).toBeVisible();
  expect(await clipboard(page)).toContain('198.18.2.0/24');
});

test('a link that is to leave out names is never copied with them', async ({ page }) => {
  await slowWorker(page, 'core');
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.generated();
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await wizard.field('Title').fill('takes 5000 ms');
  // Twice: the files, then the link.
  await expect(wizard.result().getByText('The result shown is outdated')).toBeVisible();
  await expect(wizard.field('Link to this plan')).toHaveValue(/#a/, { timeout: 30_000 });
  const full = await wizard.field('Link to this plan').inputValue();
  await page.getByLabel(/^Replace addresses and names with examples/).check();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText(/Link copied/)).toBeVisible();
  expect(await clipboard(page)).not.toBe(full);
});

test('ordinary typing marks nothing, moves nothing and disables nothing', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Clients');
  await expect(wizard.fileText(/pg_hba\.conf/)).toBeVisible();
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const files = document.querySelector('section[aria-labelledby="code-heading"]');
    const top = files?.getBoundingClientRect().top;
    new MutationObserver(() => {
      if (document.querySelector('.outdated, aside [aria-disabled="true"]')) seen.push('marked');
      if (files?.getBoundingClientRect().top !== top) seen.push('moved');
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await wizard.field('Name').press('End');
  await wizard.field('Name').pressSequentially('-of-the-night-shift', { delay: 30 });
  await expect(wizard.fileText(/pg_hba\.conf/)).toContainText('app-of-the-night-shift');
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
});

test('a name that is invalid while it is typed moves nothing at first, and nothing can be copied', async ({ page }) => {
  await saveOwn(page, 'direct');
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Server');
  await wizard.generated();
  const field = wizard.field('DNS name');
  /** Notes in each frame whether the name is invalid, and where the tabs of the files are. */
  await page.evaluate(() => {
    const frames: { at: number; invalid: boolean; top: number }[] = [];
    const look = () => {
      const invalid = document.querySelector('#at-server-name')?.getAttribute('aria-invalid') === 'true';
      const top = document.querySelector('[role=tablist]')?.getBoundingClientRect().top ?? 0;
      frames.push({ at: performance.now(), invalid, top });
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { frames });
  });
  await field.fill('db.acme-');
  await clear(page);
  await wizard
    .result()
    .getByRole('button', { name: /^Copy .*\// })
    .first()
    .press('Enter');
  expect(await clipboard(page)).toBe('nothing');
  await expect(wizard.result().getByText(OUTDATED)).toBeVisible();
  const frames = await page.evaluate(
    () => (window as unknown as { frames: { at: number; invalid: boolean; top: number }[] }).frames,
  );
  const began = frames.find(({ invalid }) => invalid);
  if (!began) throw new Error('The name was never invalid');
  const moved = frames.find(({ at, top }) => at > began.at && top !== began.top);
  expect((moved?.at ?? 0) - began.at).toBeGreaterThan(600);
  // Later it is as before: the notice ends, and the name can be completed.
  await field.fill('db.acme-corp.test');
  await expect(wizard.result().getByText(OUTDATED)).toHaveCount(0);
});
