import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type PatternName, Wizard } from './wizard.ts';

const patterns: readonly PatternName[] = ['Direct', 'VPN', 'Private subnet', 'Bastion'];

async function serious(page: Page, { form = false } = {}): Promise<string[]> {
  const whole = new AxeBuilder({ page });
  const { violations } = await (form ? whole.exclude('aside') : whole).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

const views = [
  { name: 'wide, light', colorScheme: 'light', viewport: { width: 1440, height: 1000 } },
  { name: 'wide, dark', colorScheme: 'dark', viewport: { width: 1440, height: 1000 } },
  { name: 'phone, light', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { name: 'phone, dark', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);

    // Four hundred pixels in the dark differ from the others by colour and width, which they share with one each.
    for (const pattern of name === 'phone, dark' ? (['VPN'] as const) : patterns) {
      test(`axe finds nothing serious on any screen: ${pattern}`, async ({ page }) => {
        test.setTimeout(240_000);
        const wizard = new Wizard(page);
        await wizard.open();
        await wizard.choosePattern(pattern);
        // The result beside the form is the same on every screen: the last one looks at it too.
        const found: string[] = [];
        for (;;) {
          await wizard.ready();
          const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
          const next = page.getByRole('button', { name: /^Next: / });
          const last = (await next.count()) === 0;
          found.push(...(await serious(page, { form: !last })).map((violation) => `${heading} ${violation}`));
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
            `${heading} scrolls sideways`,
          ).toBeLessThanOrEqual(0);
          if (last) break;
          await next.click();
          await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toHaveCount(0);
        }
        expect(found).toEqual([]);
      });
    }

    test('axe finds nothing serious with problems, an opened "More", a reason and a notice', async ({ page }) => {
      const wizard = new Wizard(page);
      await wizard.open();
      if (use.viewport.width < 768) await page.getByRole('button', { name: /of \d+/ }).click();
      await page
        .getByRole('navigation', { name: 'Steps' })
        .getByRole('button', { name: /Clients/ })
        .click();
      await wizard.add('Comes from', '10.0.0.0/33');
      await page.getByText('Replication, limits').click();
      await page.getByRole('button', { name: 'Duplicate app' }).click();
      await expect(page.getByRole('heading', { name: /problems? on this step/ })).toBeVisible();
      expect(await serious(page)).toEqual([]);
      if (use.viewport.width < 768) await page.getByRole('button', { name: /files · / }).click();
      await page
        .getByRole('region', { name: /Text of .*pg_hba/ })
        .getByText('reject')
        .first()
        .click();
      await expect(page.getByRole('button', { name: 'Go to the answer' })).toBeVisible();
      expect(await serious(page)).toEqual([]);
    });
  });
}
