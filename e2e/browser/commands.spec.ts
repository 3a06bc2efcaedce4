import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, views } from './accessible.ts';
import { Wizard } from './wizard.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test('commands are copied step by step, and ticks survive a reload and can be cleared with an undo', async ({
  page,
}) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.tab(/^Commands/);
  const result = wizard.result();
  await result.getByRole('button', { name: /^Copy the commands of Database server, step 1/ }).click();
  await expect(page.getByText('Commands copied.')).toBeVisible();
  expect(await clipboard(page)).toBe('sudo bash database-server/apply.sh --check\n');
  const tick = result.getByRole('checkbox', { name: 'Done: Database server, Check the machine' });
  await tick.check();
  await page.reload();
  await wizard.tab(/^Commands/);
  await expect(tick).toBeChecked();
  await result.getByRole('button', { name: 'Clear ticks' }).click();
  await expect(tick).not.toBeChecked();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(tick).toBeChecked();
});

test('manual steps have ufw commands for a server with ufw', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Security');
  await page.getByRole('button', { name: 'Firewall', exact: true }).click();
  await page.getByRole('radio', { name: /^ufw/ }).check();
  await wizard.tab(/^Commands/);
  await wizard
    .result()
    .getByRole('radio', { name: /^Manual commands/ })
    .check();
  await wizard
    .result()
    .getByRole('button', { name: /^Copy the commands of Database server, step \d+: Set the firewall rules/ })
    .click();
  await expect(page.getByText('Commands copied.')).toBeVisible();
  const lines = (await clipboard(page)).trimEnd().split('\n');
  expect(lines.every((line) => line.startsWith('sudo ufw '))).toBe(true);
  expect(lines.at(-1)).toBe('sudo ufw --force enable');
});

test('every tab stays in view on a laptop when they show what changed', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const wizard = new Wizard(page);
  await wizard.open();
  // Only pg_hba.conf doesn't name the port.
  await wizard.step('Server');
  await wizard.field('Port').fill('6543');
  await expect(wizard.result().getByRole('tab', { name: /^postgresql\.conf \+\d+/ })).toBeVisible();
  const tabs = wizard.result().getByRole('tab');
  const heights = new Set<number>();
  for (const tab of await tabs.all()) {
    await expect(tab).toBeInViewport({ ratio: 1 });
    const isSame = (await tab.textContent())?.startsWith('pg_hba.conf');
    if (!isSame) await expect(tab).toContainText('since your last change');
    heights.add(Math.round((await tab.boundingBox())?.y ?? 0));
  }
  expect(heights.size, 'rows of tabs').toBe(1);
});

test('a guide is shown as a document, whose blocks are copied and whose files are opened', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.tab(/^All files/);
  const result = wizard.result();
  await result.getByRole('button', { name: /^README\.md/ }).click();
  const guide = wizard.fileText(/README\.md/);
  await expect(guide.getByRole('heading', { name: 'Before you start' })).toBeVisible();
  await guide.getByRole('button', { name: 'Copy the code block: bash your-machine/make-certificates.sh' }).click();
  await expect(page.getByText('Code block copied.')).toBeVisible();
  expect(await clipboard(page)).toBe('bash your-machine/make-certificates.sh\n');
  await guide.getByRole('button', { name: 'clients/pg_service.conf' }).click();
  await expect(result.getByRole('button', { name: /pg_service\.conf/, expanded: true })).toBeFocused();
  await expect(wizard.fileText(/clients\/pg_service\.conf/)).toBeVisible();
});

for (const { name, ...look } of views) {
  test.describe(name, () => {
    test.use(look);
    test('the commands and a guide are accessible', async ({ page }) => {
      const wizard = new Wizard(page);
      await wizard.open();
      if (look.viewport.width < 1000) await page.getByRole('button', { name: /findings/ }).click();
      await page.getByRole('tab', { name: /^Commands/ }).click();
      await page
        .getByRole('checkbox', { name: /^Done: / })
        .first()
        .check();
      await page.getByRole('radio', { name: /^Manual commands/ }).check();
      await expectAccessible(page, { state: 'the commands' });
      await page.getByRole('tab', { name: /^All files/ }).click();
      await page.getByRole('button', { name: /^README\.md/ }).click();
      await expect(page.getByRole('heading', { name: 'Before you start' })).toBeVisible();
      await expectAccessible(page, { state: 'a rendered guide' });
    });
  });
}
