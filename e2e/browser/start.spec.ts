import { expect, test } from '@playwright/test';
import { expectAccessible, views } from './accessible.ts';
import { emptyStorage } from './own-draft.ts';
import { Wizard } from './wizard.ts';

test.use({ storageState: emptyStorage });

const RULES = '# /etc/postgresql/14/main/pg_hba.conf\nlocal all postgres peer\nhost all all 0.0.0.0/0 md5\n';

const heading = 'Open your PostgreSQL server to remote clients, safely';

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);

    test('the start page says what Postern is, and axe finds nothing, empty and filled in', async ({ page }) => {
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      for (const door of ['Open my server to remote clients', 'Check my configuration', 'I got a connection error'])
        await expect(page.getByRole('heading', { level: 2, name: door })).toBeVisible();
      await expect(page.getByText('Nothing you type or paste leaves this page.')).toBeVisible();
      await expectAccessible(page);
      await page.getByLabel('Error message or server log').fill('hello');
      await page.getByRole('button', { name: 'Find the cause' }).click();
      await expect(page.getByRole('alert')).toContainText('Paste one of these');
      await expectAccessible(page, { state: 'a text that is nothing' });
    });
  });
}

test('pasted rules are audited as the version that they name, wherever they are pasted, and can be undone', async ({
  page,
}) => {
  await page.goto('/?view=audit');
  const editor = page.getByRole('textbox', { name: 'Contents of pg_hba.conf' });
  await editor.fill('local all all peer');
  await page.getByRole('link', { name: 'Postern, start page' }).click();
  await page.getByLabel('Error message or server log').fill(RULES);
  await expect(page.getByText('It names PostgreSQL 14')).toBeVisible();
  await page.getByRole('button', { name: 'Check pg_hba.conf' }).click();
  await expect(editor).toContainText('0.0.0.0/0');
  await expect(page.getByLabel('PostgreSQL version').first()).toHaveValue('14');
  await editor.focus();
  await page.keyboard.press('Control+z');
  await expect(editor).toContainText('local all all peer');
  await expect(editor).not.toContainText('0.0.0.0/0');
});

test('a private key is neither opened nor kept', async ({ page }) => {
  await page.goto('/');
  await page
    .getByLabel('Contents of pg_hba.conf or postgresql.conf')
    .fill('-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('This text has a private key.');
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain('MC4CAQAwBQYDK2Vw');
});

test('a plan and a link to one are opened, and a plan is continued', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Direct');
  await wizard.step('Server');
  await wizard.field('DNS name').fill('mine.postern.test');
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  const link = wizard.field('Link to this plan');
  await expect(link).toHaveValue(/#a/);
  const text = await link.inputValue();
  await wizard.step('Server');
  await wizard.field('DNS name').fill('other.postern.test');
  await page.getByRole('link', { name: 'Postern, start page' }).click();
  await page.getByRole('button', { name: 'Continue your plan' }).click();
  await wizard.step('Server');
  await expect(wizard.field('DNS name')).toHaveValue('other.postern.test');
  await page.getByRole('link', { name: 'Postern, start page' }).click();
  await page.getByLabel('Contents of pg_hba.conf or postgresql.conf').fill(text);
  await page.getByRole('button', { name: 'Open the link' }).click();
  await expect(page.getByText('This plan came from a link.')).toBeVisible();
  await wizard.step('Server');
  await expect(wizard.field('DNS name')).toHaveValue('mine.postern.test');
});

test('a text that is no plan says why, and stays', async ({ page }) => {
  await page.goto('/');
  const box = page.getByLabel('Contents of pg_hba.conf or postgresql.conf');
  await box.fill('{"server": 1, "network": {}}');
  await page.getByRole('button', { name: 'Open the plan' }).click();
  await expect(page.getByRole('alert')).not.toBeEmpty();
  await expect(box).toHaveValue('{"server": 1, "network": {}}');
});

test('quick setup leads to its own fields, and the full plan has the same answers', async ({ page }) => {
  const wizard = new Wizard(page);
  await page.goto('/');
  await page.getByRole('button', { name: 'Quick setup: one screen' }).click();
  await wizard.result().getByRole('button', { name: 'Go to the first missing answer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Quick setup' })).toBeVisible();
  await expect(page.locator('main :focus')).toHaveCount(1);
  await wizard.add('Public addresses', '198.18.100.77');
  await expectAccessible(page, { state: 'quick setup with problems', seriousOnly: true });
  await page.getByRole('button', { name: 'More options' }).click();
  await wizard.step('Network');
  await expect(page.getByText('198.18.100.77').first()).toBeVisible();
  // It is there again later, with what was said: only an untouched plan is emptied.
  await page.getByRole('link', { name: 'Postern, start page' }).click();
  await page.getByRole('button', { name: 'Quick setup: one screen' }).click();
  await expect(page.getByText('198.18.100.77').first()).toBeVisible();
});
