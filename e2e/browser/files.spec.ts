import { expect, type Page, test } from '@playwright/test';
import { Wizard } from './wizard.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test('a file is copied whole, and downloaded with the same bytes', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard
    .result()
    .getByRole('button', { name: /^Copy .*pg_hba\.conf/ })
    .click();
  await expect(page.getByText('pg_hba.conf is copied.')).toBeVisible();
  const copied = await clipboard(page);
  expect(copied).toMatch(/^# Made by Postern/);
  const waiting = page.waitForEvent('download');
  await wizard
    .result()
    .getByRole('button', { name: /^Download .*pg_hba\.conf/ })
    .click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('pg_hba.conf');
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe(copied);
});

test('a line says why it is there and leads to its answer', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard
    .fileText(/pg_hba\.conf/)
    .getByText('hostssl')
    .first()
    .click();
  await expect(
    wizard
      .result()
      .getByText(/^Lines? \d+/)
      .first(),
  ).toBeVisible();
  await wizard.result().getByRole('button', { name: 'Go to the answer' }).click();
  await expect(wizard.heading('Who connects?')).toBeVisible();
  await expect(page.locator('[id^="at-clients-0"]:focus, [id^="at-clients-0"] :focus')).toHaveCount(1);
});

test('commands are copied block by block', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard
    .result()
    .getByRole('button', { name: /roles\.sql/ })
    .first()
    .click();
  await wizard
    .fileText(/roles\.sql/)
    .getByText('CREATE ROLE')
    .first()
    .click();
  await wizard.result().getByRole('button', { name: 'Copy these commands' }).click();
  await expect(page.getByText(/are copied\.$/)).toBeVisible();
  const copied = await clipboard(page);
  expect(copied).toContain('CREATE ROLE');
  expect(copied.startsWith('--')).toBe(false);
});

test('everything in the picture can be focused and says what it is', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.choosePattern('Bastion');
  const things = wizard.result().locator('svg [role=button]');
  await expect(things.filter({ hasText: 'bastion' }).first()).toBeVisible();
  for (const thing of await things.all()) {
    await thing.focus();
    await expect(thing).toBeFocused();
    expect((await thing.getAttribute('aria-label'))?.length).toBeGreaterThan(8);
  }
  await wizard.result().getByText('The same in words').click();
  await expect(wizard.result().getByText(/^staff: people in 198\.51\.100\.0\/28/)).toBeVisible();
  await wizard
    .result()
    .getByRole('button', { name: /^Anyone else is refused by/ })
    .press('Enter');
  await expect(wizard.heading('Which machine is the bastion?')).toBeVisible();
});

test('a finding leads to the answer that it is about', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Security');
  await page.getByRole('button', { name: 'Logins', exact: true }).click();
  await page.getByLabel(/^Superusers may log in remotely/).check();
  await expect(wizard.result().getByRole('heading', { name: /finding/ })).toBeVisible();
  const show = wizard.result().getByText('Show what to know');
  const lead = wizard
    .result()
    .getByRole('button', { name: /^Go to the answer: / })
    .first();
  if (!(await lead.isVisible())) await show.click();
  await wizard.step('Pattern');
  await lead.click();
  await expect(wizard.heading('How do clients reach the server?')).toHaveCount(0);
});
