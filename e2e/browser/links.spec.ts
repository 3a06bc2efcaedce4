import { expect, test } from '@playwright/test';
import { Wizard } from './wizard.ts';

async function linkOf(wizard: Wizard): Promise<string> {
  await wizard.page.getByRole('button', { name: 'Download', exact: true }).first().click();
  const link = wizard.field('Link to this plan');
  await expect(link).toHaveValue(/#a/);
  return link.inputValue();
}

test('a link opens the same plan in another, clean browser, with its own draft kept', async ({ page, browser }) => {
  const sender = new Wizard(page);
  await sender.openOwn('Bastion');
  await sender.step('Clients');
  await sender.field('Name').fill('night shift');
  await expect(sender.fileText(/pg_hba\.conf/)).toContainText('night shift');
  const link = await linkOf(sender);

  const other = await browser.newContext();
  const receiver = new Wizard(await other.newPage());
  await receiver.open();
  await receiver.step('Server');
  await receiver.field('DNS name').fill('own.postern.test');
  await receiver.page.goto(link);
  await expect(receiver.page.getByText('This plan came from a link.')).toBeVisible();
  await expect(receiver.page.getByText(/^night shift: people in/).first()).toBeVisible();
  expect(new URL(receiver.page.url()).hash).toBe('');
  expect(await linkOf(receiver)).toBe(link);

  await receiver.page.reload();
  await expect(receiver.page.getByText('This plan came from a link.')).toBeVisible();
  await receiver.page.getByRole('button', { name: 'Back to my draft' }).click();
  await receiver.step('Server');
  await expect(receiver.field('DNS name')).toHaveValue('own.postern.test');
  await receiver.page.keyboard.press('Control+z');
  await expect(receiver.page.getByText('This plan came from a link.')).toBeVisible();
  await receiver.page.getByRole('button', { name: 'Keep this plan' }).click();
  await receiver.page.reload();
  await receiver.step('Clients');
  await expect(receiver.field('Name')).toHaveValue('night shift');
  await other.close();
});

test('a link can leave out addresses and names', async ({ page, browser }) => {
  const sender = new Wizard(page);
  await sender.open();
  await sender.step('Server');
  await sender.field('DNS name').fill('secret.zanzibar.test');
  await sender.step('Clients');
  await sender.field('Name').fill('zanzibar');
  await sender.replace('Source networks', '8.8.8.0/24');
  await linkOf(sender);
  const full = await sender.field('Link to this plan').inputValue();
  await page.getByLabel(/^Replace addresses and names with examples/).check();
  // It is empty while the link is made.
  await expect(sender.field('Link to this plan')).not.toHaveValue(full);
  await expect(sender.field('Link to this plan')).toHaveValue(/#/);
  const neutral = await sender.field('Link to this plan').inputValue();
  const other = await browser.newContext();
  const receiver = new Wizard(await other.newPage());
  await receiver.page.goto(neutral);
  await expect(receiver.page.getByText('This plan came from a link.')).toBeVisible();
  await receiver.noProblems();
  const saved = await receiver.page.evaluate(() => localStorage.getItem('postern.draft') ?? '');
  expect(JSON.stringify(JSON.parse(saved).state.draft)).not.toMatch(/zanzibar|8\.8\.8/);
  await other.close();
});

for (const [kind, fragment, words] of [
  ['damaged', '#aXXXXnonsense', 'This link is damaged'],
  ['from another codec', '#zabc', 'created by a newer version of Postern'],
  ['oversized', `#a${'A'.repeat(70_000)}`, 'the limit is 65536'],
] as const) {
  test(`a link that is ${kind} is rejected with a message, and the draft is kept`, async ({ page }) => {
    const wizard = new Wizard(page);
    await wizard.open();
    await wizard.step('Server');
    await wizard.field('DNS name').fill('own.postern.test');
    await page.evaluate((hash) => {
      location.hash = hash;
    }, fragment);
    await expect(page.getByText('The link was not opened. Your draft is unchanged.')).toBeVisible();
    await expect(page.getByText(words)).toBeVisible();
    await expect(wizard.field('DNS name')).toHaveValue('own.postern.test');
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
    await expect(page.getByText(words)).toBeHidden();
  });
}
