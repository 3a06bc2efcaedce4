import { expect, type Page, test } from '@playwright/test';
import { Wizard } from './wizard.ts';

const STILL = /answers? (?:is|are) still the example’s/;

/** Opens the example whose addresses, roles and databases are all plausible. */
async function openExample(page: Page): Promise<Wizard> {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.next('Start from an example');
  await page.getByRole('button', { name: 'Use Private subnet with web and replica' }).click();
  await expect(page.getByText('is open as a new plan.')).toBeVisible();
  return wizard;
}

test('an example’s private addresses, roles and databases are marked and listed until they are replaced', async ({
  page,
}) => {
  const wizard = await openExample(page);
  const listed = wizard.result().getByText(STILL);
  await expect(listed).toBeVisible();
  const before = Number.parseInt((await listed.textContent()) ?? '', 10);
  expect(before).toBeGreaterThan(3);

  await wizard.step('Clients');
  await page.getByRole('main').getByRole('button', { name: /^web/ }).click();
  await expect(wizard.field('Roles')).toHaveAccessibleDescription(/"web" is still the example’s answer/);

  await page.reload();
  await expect(listed).toHaveText(`${before} answers are still the example’s.`);

  await wizard.step('Review');
  await expect(page.getByRole('main').getByText(STILL)).toBeVisible();
  await page.getByRole('main').getByText(STILL).click();
  await page.getByRole('main').getByRole('button', { name: 'Keep them as my own' }).click();
  await expect(page.getByText(STILL)).toHaveCount(0);
  await page.reload();
  await wizard.step('Review');
  await expect(page.getByRole('main').getByRole('heading', { name: 'Who can connect' })).toBeVisible();
  await expect(page.getByText(STILL)).toHaveCount(0);
});

test('a replaced answer is no longer listed, and a duplicate of the plan has the same examples', async ({ page }) => {
  const wizard = await openExample(page);
  await wizard.result().getByText(STILL).click();
  await wizard
    .result()
    .getByRole('button', { name: /Addresses › Private addresses: "/ })
    .first()
    .click();
  const before = await wizard.result().getByText(STILL).textContent();
  await wizard.replace('Private addresses', '10.77.5.10');
  await expect(wizard.result().getByText(STILL)).not.toHaveText(before ?? '');

  await page.goto('/?view=plans');
  await page
    .getByRole('button', { name: /^Duplicate/ })
    .first()
    .click();
  await page
    .getByRole('button', { name: /^Open .*copy/i })
    .first()
    .click();
  await expect(wizard.result().getByText(STILL)).toBeVisible();
});
