import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, views } from './accessible.ts';
import { Wizard } from './wizard.ts';

const screens = ['?view=targets', '?view=targets&page=replicas', '?view=database-comparison'];

const nav = (page: Page) => page.getByRole('navigation', { name: 'Views' });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing on the pages to read, and none scrolls sideways', async ({ page }) => {
      for (const screen of screens) {
        await page.goto(`/${screen}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await expectAccessible(page, { state: screen });
      }
    });

    test('the header leads to each view, and back again, with focus, title and draft kept', async ({ page }) => {
      const wizard = new Wizard(page);
      await wizard.openOwn('Private subnet');
      await wizard.ready();
      const before = await page.evaluate(() => JSON.stringify(history.state));
      await nav(page).getByRole('link', { name: 'Reference' }).click();
      await expect(heading(page, 'Reference')).toBeFocused();
      await expect(page).toHaveTitle('Reference · Postern');
      await expect(nav(page).getByRole('link', { name: 'Reference' })).toHaveAttribute('aria-current', 'page');
      await page.getByRole('link', { name: 'pg_hba.conf' }).click();
      await expect(heading(page, 'pg_hba.conf')).toBeFocused();
      await expect(page).toHaveTitle('pg_hba.conf · Postern');
      await page.goBack();
      await expect(heading(page, 'Reference')).toBeVisible();
      await expect(page).toHaveTitle('Reference · Postern');
      await page.goForward();
      await expect(heading(page, 'pg_hba.conf')).toBeVisible();
      await nav(page).getByRole('link', { name: 'PostgreSQL vs. MySQL and SQL Server' }).press('Enter');
      await expect(heading(page, 'PostgreSQL vs. MySQL and SQL Server')).toBeFocused();
      await nav(page).getByRole('link', { name: 'Plan' }).click();
      await expect(page.locator('#group-heading')).toBeFocused();
      await expect(page).toHaveTitle('Plan · Postern');
      await expect(page.getByRole('radio', { name: 'Private subnet' })).toBeChecked();
      expect(new URL(page.url()).search).toBe('?view=plan');
      expect(await page.evaluate(() => JSON.stringify(history.state))).toBe(before);
    });
  });
}

test('a file leads to the page of its target', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.ready();
  await page.getByRole('link', { name: 'Reference page for database-server/pg_hba.conf' }).click();
  await expect(heading(page, 'pg_hba.conf')).toBeFocused();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Plan', exact: true }).click();
  await expect(page.locator('#group-heading')).toBeFocused();
  expect(new URL(page.url()).search).toBe('?view=plan');
});

test('a page that does not exist says so and lists those that do', async ({ page }) => {
  await page.goto('/?view=targets&page=nothing');
  await expect(page.getByText('There is no page named nothing.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'roles.sql' })).toBeVisible();
});

test('each cell of the comparison has a source, and the table its headers', async ({ page }) => {
  await page.goto('/?view=database-comparison');
  await expect(page.getByRole('columnheader')).toHaveText(['Topic', 'PostgreSQL 18', 'MySQL 8.4', 'SQL Server 2022']);
  const cells = page.getByRole('cell');
  await expect(cells).toHaveCount(15);
  for (const cell of await cells.all()) await expect(cell.getByRole('link')).toHaveCount(1);
});
