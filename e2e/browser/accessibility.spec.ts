import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { type PatternName, Wizard } from './wizard.ts';

const patterns: readonly PatternName[] = ['Direct', 'VPN', 'Private subnet', 'Bastion'];

/** Every width and color scheme: here the whole wizard is looked at, and elsewhere the two views that differ most. */
const views = [
  { name: 'wide, light', colorScheme: 'light', viewport: { width: 1440, height: 1000 } },
  { name: 'wide, dark', colorScheme: 'dark', viewport: { width: 1440, height: 1000 } },
  { name: 'phone, light', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { name: 'phone, dark', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

const patternsIn = (view: string): readonly PatternName[] =>
  view === 'wide, light' ? patterns : view === 'phone, dark' ? ['VPN'] : ['VPN', 'Bastion'];

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);

    /** The screens that axe has looked at in this view. Those that patterns share differ little between them. */
    const seen = new Set<string>();

    // The other views differ from the first by color and width: two patterns have every screen between them.
    for (const pattern of patternsIn(name)) {
      test(`axe finds nothing serious on any screen: ${pattern}`, async ({ page }) => {
        const wizard = new Wizard(page);
        await wizard.openOwn(pattern);
        // The result beside the form is the same on every screen: the last one looks at it too.
        for (;;) {
          await wizard.ready();
          const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
          const next = page.getByRole('button', { name: /^Next: / });
          const last = (await next.count()) === 0;
          // One view looks at every screen of every pattern, and the others at each screen once.
          if (last || name === 'wide, light' || !seen.has(heading))
            await expectAccessible(page, { state: heading, seriousOnly: true, ...(!last && { without: 'aside' }) });
          seen.add(heading);
          if (last) break;
          await next.click();
          await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toHaveCount(0);
        }
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
      await wizard.add('Source networks', '10.0.0.0/33');
      await page.getByText('Advanced: replication and limits').click();
      await page.getByRole('button', { name: 'Duplicate app' }).click();
      await expect(page.getByRole('heading', { name: /problems? on this step/ })).toBeVisible();
      await expectAccessible(page, { state: 'problems and a notice', seriousOnly: true });
      if (use.viewport.width < 768) await page.getByRole('button', { name: /files · / }).click();
      await page
        .getByRole('region', { name: /Contents of .*pg_hba/ })
        .getByText('reject')
        .first()
        .click();
      await expect(page.getByRole('button', { name: 'Go to the answer' })).toBeVisible();
      await expectAccessible(page, { state: 'a reason', seriousOnly: true });
    });
  });
}
