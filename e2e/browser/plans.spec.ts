import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { Wizard } from './wizard.ts';

const plans = 'Your plans';

test('a preset opens as its own plan, and a reload keeps both', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Server');
  await wizard.field('DNS name').fill('mine.postern.test');
  await wizard.step('Access pattern');
  await page.getByRole('button', { name: 'Next: ' }).click();
  await page.getByRole('button', { name: /^Use / }).first().click();
  await expect(wizard.result().getByText(/answers are example values/)).toBeVisible();
  await page.reload();
  await page.getByRole('link', { name: plans }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: plans })).toBeFocused();
  await page.getByRole('button', { name: 'Open mine.postern.test' }).click();
  await wizard.step('Server');
  await expect(wizard.field('DNS name')).toHaveValue('mine.postern.test');
});

test('plans are renamed, duplicated, compared by access and by text, deleted and restored', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await page.getByRole('link', { name: plans }).first().click();
  await page.getByLabel('Title of db.postern.test').fill('Shop');
  await page.getByRole('button', { name: 'Duplicate Shop' }).click();
  await page.getByLabel('Title of Shop (copy)').fill('Shop, later');
  await page.getByRole('button', { name: 'Open Shop, later' }).click();
  await wizard.step('Clients');
  await wizard.add('Source networks', '198.18.7.0/24');
  await wizard.noProblems();
  await page.getByRole('link', { name: plans }).first().click();
  await page.getByRole('button', { name: 'Compare Shop with the plan being edited' }).click();
  const comparison = page.getByRole('region', { name: 'From the plan being edited to Shop' });
  await expect(comparison.getByText('198.18.7.0/24').first()).toBeVisible();
  await comparison
    .getByText(/pg_hba\.conf$/)
    .first()
    .click();
  await expect(comparison.getByRole('region', { name: /pg_hba\.conf$/ }).first()).toContainText('-hostssl');
  await expectAccessible(page, { state: 'two plans compared' });
  await page.getByRole('button', { name: 'Delete Shop' }).click();
  await expect(page.getByRole('button', { name: 'Open Shop', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Restore Shop' }).click();
  await expect(page.getByRole('button', { name: 'Open Shop', exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Open Shop', exact: true })).toBeVisible();
});

test('example values are marked, and their files are neither copied nor downloaded', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Server');
  await wizard.field('DNS name').fill('db.example.com');
  await expect(wizard.result().getByText('One answer is an example value.')).toBeVisible();
  await expect(page.getByText('"db.example.com" is an example that works nowhere.').first()).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Steps' }).getByText('1 to answer')).toBeVisible();
  await wizard.tab('pg_hba.conf');
  await wizard
    .result()
    .getByRole('button', { name: /^Copy .*pg_hba\.conf$/ })
    .click({ force: true });
  await expect(page.getByText('Nothing was copied or downloaded: the plan still has example values')).toBeVisible();
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  let downloads = 0;
  page.on('download', () => (downloads += 1));
  await page.getByRole('button', { name: 'Download .tar.gz' }).click({ force: true });
  await wizard.result().getByRole('button', { name: 'Go to the first example value' }).click();
  await expect(wizard.field('DNS name')).toBeFocused();
  await wizard.field('DNS name').fill('db.mine.test');
  await expect(wizard.result().getByText('example value')).toHaveCount(0);
  expect(downloads).toBe(0);
});
