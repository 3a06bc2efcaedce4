import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Wizard } from './wizard.ts';

interface Preset {
  readonly id: string;
  readonly title: string;
}

const list: readonly Preset[] = JSON.parse(
  readFileSync(new URL('../../public/presets/index.json', import.meta.url), 'utf8'),
);

test('there are at least ten examples, and each opens without problems', async ({ page }) => {
  expect(list.length).toBeGreaterThanOrEqual(10);
  const wizard = new Wizard(page);
  await wizard.open();
  for (const { title } of list) {
    await page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: /Access pattern/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Examples', exact: true }).click();
    await page.getByRole('button', { name: `Use ${title}` }).click();
    await expect(page.getByText(`“${title}” is open as a new plan.`)).toBeVisible();
    await wizard.noProblems();
  }
});

test('examples that cannot be loaded say so, and can be tried again', async ({ page }) => {
  const wizard = new Wizard(page);
  await page.route('**/presets/index.json', (route) => route.abort());
  await wizard.open();
  await wizard.next('Start from an example');
  await expect(page.getByRole('alert')).toContainText("The examples couldn't be loaded");
  await page.unroute('**/presets/index.json');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: list[0]?.title ?? '' })).toBeVisible();
});

test('an example that cannot be opened leaves the answers as they were', async ({ page }) => {
  const wizard = new Wizard(page);
  const [first] = list;
  await page.route(`**/presets/${first?.id}.json`, (route) => route.fulfill({ json: { version: 1, server: 'gone' } }));
  await wizard.open();
  await wizard.next('Start from an example');
  await page.getByRole('button', { name: `Use ${first?.title}` }).click();
  await expect(page.getByRole('alert')).toContainText("couldn't be opened");
  await wizard.noProblems();
  await page.unroute(`**/presets/${first?.id}.json`);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(`“${first?.title}” is open as a new plan.`)).toBeVisible();
});

test('loading and an empty list have their own words', async ({ page }) => {
  const wizard = new Wizard(page);
  let answer = () => {};
  const wait = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/presets/index.json', async (route) => {
    await wait;
    await route.fulfill({ json: [] });
  });
  await wizard.open();
  await wizard.next('Start from an example');
  await expect(page.getByText('Loading the examples…')).toBeVisible();
  answer();
  await expect(page.getByText('This copy of Postern has no examples.')).toBeVisible();
});
