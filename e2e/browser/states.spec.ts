import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { slowWorker } from './slow-worker.ts';
import { Wizard } from './wizard.ts';

const fine = (page: Page, state: string) => expectAccessible(page, { state, seriousOnly: true });

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of [
    ['wide', { width: 1440, height: 1000 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    test.describe(`${size}, ${colorScheme}: axe finds nothing serious`, () => {
      test.use({ colorScheme, viewport });
      test.setTimeout(240_000);

      test('while files are generated, after that was canceled, and while an answer is not valid', async ({ page }) => {
        await slowWorker(page, 'core');
        const wizard = new Wizard(page);
        await wizard.open();
        await page.getByRole('button', { name: 'Download', exact: true }).first().click();
        const main = page.getByRole('main');
        await expect(main.getByRole('button', { name: 'Copy link' })).toBeVisible();
        await wizard.field('Title').fill('takes 600000 ms');
        await expect(main.getByText('The result shown is outdated')).toBeVisible();
        await fine(page, 'generating');
        if (size === 'phone') {
          await page.getByRole('button', { name: 'Generating files…' }).click();
          await fine(page, 'generating, in the sheet');
          await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
        }
        await main.getByRole('button', { name: 'Cancel' }).click();
        await expect(main.getByText('Generation was canceled.')).toBeVisible();
        await fine(page, 'canceled');
        await wizard.field('Title').fill('\u0007');
        await expect(main.getByText('One answer is missing or invalid.')).toBeVisible();
        await fine(page, 'not valid');
      });

      test('where a screen, the result or the worker could not be loaded', async ({ page }) => {
        await page.route(/MapScreen|ServerStep|SidePane|Sheet|core\.worker/, (route) => route.abort());
        await page.goto('/?view=map');
        await expect(page.getByRole('alert')).toContainText('Part of Postern could not be loaded.');
        await fine(page, 'a screen');
        await page.goto('/?view=plan');
        await expect(page.getByText('Part of Postern could not be loaded.').nth(1)).toBeVisible();
        if (size === 'phone') await page.getByRole('button', { name: /of \d+/ }).click();
        await page
          .getByRole('navigation', { name: 'Steps' })
          .getByRole('button', { name: /Server/ })
          .click();
        await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
        await fine(page, 'a step, the result and the worker');
      });

      test('where another tab has another version or another plan', async ({ page, context }) => {
        const wizard = new Wizard(page);
        await wizard.open();
        await page.getByRole('radio', { name: /^VPN/ }).check();
        const other = await context.newPage();
        // Not the page itself, which would notice that its storage changes under it.
        await other.goto('/presets/index.json');
        await other.evaluate(() => {
          const saved = JSON.parse(localStorage.getItem('postern.draft') ?? '');
          saved.state.draft.title = 'other';
          localStorage.setItem('postern.draft', JSON.stringify({ ...saved, seen: { other: 1 } }));
        });
        await expect(page.getByText('the two versions differ')).toBeVisible();
        await fine(page, 'two versions');
        await page.getByRole('button', { name: 'Keep this version' }).click();
        await expect(page.getByText('This browser also has another version of your plan')).toBeVisible();
        await fine(page, 'one set aside');
      });
    });
  }
}
