import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, views } from './accessible.ts';
import { Wizard } from './wizard.ts';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' });
const search = (page: Page) => page.getByRole('combobox', { name: 'Search screens, fields, settings, and files' });

/** Opens the palette with its keys, types, and chooses the first result that is named so. */
async function goTo(page: Page, query: string, name: RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(search(page)).toBeFocused();
  await page.keyboard.type(query);
  await expect(palette(page).getByRole('option', { selected: true })).toContainText(name);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeHidden();
}

test('leads to screens, steps, fields, settings and files with the keyboard alone', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Direct');
  await expect(wizard.fileText(/pg_hba/)).toBeVisible();
  await goTo(page, 'minimum tls', /Minimum TLS version/);
  await expect(page.getByRole('radio', { name: /TLS 1\.[23]/, checked: true })).toHaveCount(1);
  await expect(
    page
      .getByRole('group', { name: /Minimum TLS version/ })
      .getByRole('radio')
      .first(),
  ).toBeFocused();
  await goTo(page, 'audit', /Audit/);
  await expect(wizard.heading('Audit')).toBeFocused();
  // A field in a closed part of a closed entry, from another screen.
  await goTo(page, 'password expiration', /VALID UNTIL/);
  await expect(wizard.field('Password expiration (VALID UNTIL)')).toBeFocused();
  await goTo(page, 'reject rule end', /Explicit reject rule/);
  await expect(page.getByRole('checkbox', { name: /Explicit reject rule/ })).toBeFocused();
  await goTo(page, 'listen_addresses', /listen_addresses/);
  await expect(page.locator('main :focus')).toHaveCount(1);
  await goTo(page, 'database-server apply.sh', /apply\.sh/);
  const row = wizard.result().getByRole('button', { name: /^database-server\/apply\.sh/, expanded: true });
  await expect(row).toBeFocused();
  // The user can choose another file afterwards.
  await row.press('Enter');
  await expect(
    wizard.result().getByRole('button', { name: /^database-server\/apply\.sh/, expanded: false }),
  ).toBeFocused();
  await goTo(page, 'administrators', /Administrators/);
  await expect(wizard.heading('How do administrators connect?')).toBeFocused();
});

test('a field that the plan does not ask for leads to its screen', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Direct');
  await goTo(page, 'failed logins', /.+/);
  await expect(page.locator('main :focus')).toHaveCount(1);
});

test('Escape closes it, and the focus returns to where it was', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Direct');
  const button = page.getByRole('button', { name: 'Search screens, fields, and files' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(search(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();
  await expect(button).toBeFocused();
  await wizard.step('Server');
  await wizard.field('DNS name').focus();
  await page.keyboard.press('Control+k');
  await expect(search(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(wizard.field('DNS name')).toBeFocused();
});

test('on a phone a file opens in the sheet, and a field closes it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const wizard = new Wizard(page);
  await wizard.openOwn('Direct');
  await expect(page.getByRole('button', { name: /\d+ files · / })).toBeVisible();
  await goTo(page, 'database-server apply.sh', /apply\.sh/);
  const sheet = page.getByRole('dialog', { name: 'Generated files' });
  await expect(sheet.getByRole('button', { name: /^database-server\/apply\.sh/, expanded: true })).toBeFocused();
  await goTo(page, 'dns name', /DNS name/);
  await expect(sheet).toBeHidden();
  await expect(wizard.field('DNS name')).toBeFocused();
});

test('? lists the shortcuts, but types a question mark in a field', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Direct');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('Alt+PageDown');
  await expect(wizard.heading('Start from an example')).toBeFocused();
  await page.keyboard.press('Alt+PageDown');
  await wizard.ready();
  await wizard.field('DNS name').fill('');
  await wizard.field('DNS name').press('?');
  await expect(wizard.field('DNS name')).toHaveValue('?');
  await expect(help).toBeHidden();
  await page.keyboard.press('Alt+PageUp');
  await expect(wizard.heading('Start from an example')).toBeFocused();
  await goTo(page, 'keyboard', /Keyboard shortcuts/);
  await expect(help).toBeVisible();
});

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing in the palette and the shortcuts', async ({ page }) => {
      await new Wizard(page).openOwn('Direct');
      await page.keyboard.press('Control+k');
      await expect(search(page)).toBeFocused();
      await page.keyboard.type('tls');
      await expect(page.getByRole('option').first()).toBeVisible();
      await expectAccessible(page, { state: 'palette' });
      await page.keyboard.type(' zebra');
      await expect(page.getByText('No matches')).toBeVisible();
      await expectAccessible(page, { state: 'palette without results' });
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await expectAccessible(page, { state: 'shortcuts' });
    });
  });
}

test('an example is found by its words and opens as a plan; a pattern leads to the choice', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('payroll');
  await page.getByRole('option', { name: /^Payroll with client certificates/ }).click();
  await expect(page.getByText('“Payroll with client certificates” is open as a new plan.')).toBeVisible();
  await wizard.step('Clients');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('bastion pattern');
  await page.getByRole('option', { name: /^Bastion ?Access pattern/ }).click();
  await expect(wizard.heading('How do clients reach the server?')).toBeVisible();
});
