import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { ServerFiles } from './server-files.ts';

const hba = `local all postgres peer
host all app 10.0.0.0/8 md5 # the application
`;

const dialog = (page: Page) => page.getByRole('dialog');
const finding = (page: Page, title: string) =>
  page.getByRole('region', { name: 'Findings' }).getByRole('listitem').filter({ hasText: title });

async function plan(page: Page, title: string): Promise<void> {
  await finding(page, title).getByRole('button', { name: 'Plan the migration' }).click();
  await expect(dialog(page).getByRole('list').first()).toBeVisible();
}

test('a finding about md5 leads to the steps to SCRAM, which are ticked and stay so', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const files = new ServerFiles(page);
  await files.open('audit', 'Audit');
  await files.add({ 'pg_hba.conf': hba, 'postgresql.conf': 'password_encryption = md5\nssl = on\n' });
  await plan(page, 'md5 accepts weak password hashes');
  await expect(dialog(page).getByRole('heading', { name: 'Migration from MD5 to SCRAM' })).toBeVisible();
  await expect(dialog(page).getByRole('checkbox')).toHaveCount(8);
  const driver = (table: string, name: string) =>
    dialog(page).getByRole('region', { name: table, exact: true }).getByRole('row').filter({ hasText: name });
  await expect(driver('Drivers', 'pgJDBC')).toContainText('42.2.0');
  await expect(driver('Drivers with channel binding', 'pgJDBC')).toContainText('channelBinding=require');
  await expect(driver('Drivers with channel binding', 'asyncpg')).toContainText('Not supported');
  await expect(dialog(page).getByRole('link', { name: 'RFC 5929, section 4.1' })).toHaveCount(2);
  await expect(dialog(page)).toContainText("password_encryption = 'scram-sha-256'");
  await expectAccessible(page);

  await dialog(page).getByRole('button', { name: 'Copy pg_hba.conf' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(hba.replace('md5', 'scram-sha-256'));
  await dialog(page).getByRole('checkbox', { name: 'List the roles with an MD5 hash' }).check();
  await expect(dialog(page)).toContainText('1 of 8 steps done');
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await plan(page, 'md5 accepts weak password hashes');
  await expect(dialog(page)).toContainText('1 of 8 steps done');
});

test('a finding about unencrypted logins leads to the steps to hostssl', async ({ page }) => {
  const files = new ServerFiles(page);
  await files.open('audit', 'Audit');
  await files.add({ 'pg_hba.conf': `${hba}hostnossl all web 10.0.0.0/8 scram-sha-256\n` });
  await finding(page, 'Password authentication without TLS')
    .getByRole('button', { name: 'Plan the migration' })
    .click();
  await expect(dialog(page).getByRole('checkbox')).toHaveCount(6);
  await expect(dialog(page)).toContainText('hostssl all app 10.0.0.0/8 md5 # the application');
  await expect(dialog(page)).toContainText('pg_hba.conf, line 3');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(finding(page, 'An unreachable rule').getByRole('button', { name: 'Plan the migration' })).toHaveCount(0);
});
