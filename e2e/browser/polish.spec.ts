import { expect, type Locator, test } from '@playwright/test';
import { emptyStorage } from './own-draft.ts';
import { Wizard } from './wizard.ts';

/** Whether nothing of a text is cut off by its own box. */
const isWhole = (text: Locator): Promise<boolean> =>
  text.evaluate(
    (element) => element.scrollWidth <= element.clientWidth || getComputedStyle(element).display === 'inline',
  );

test('the tagline is shown whole or not at all', async ({ page }) => {
  await page.goto('/');
  const tagline = page.getByText('Secure remote access for PostgreSQL');
  for (let width = 1000; width <= 1920; width += 40) {
    await page.setViewportSize({ width, height: 700 });
    if (!(await tagline.isVisible())) continue;
    expect(await isWhole(tagline), `at ${width} pixels`).toBe(true);
    const header = await page.getByRole('banner').boundingBox();
    expect(header?.height, `the header has one row at ${width} pixels`).toBeLessThan(60);
  }
  await expect(tagline).toBeVisible();
});

test('a notice covers neither the buttons at the end of the form nor the files', async ({ page }) => {
  for (const viewport of [
    { width: 1440, height: 700 },
    { width: 1100, height: 700 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    const wizard = new Wizard(page);
    await wizard.open();
    await wizard.choosePattern('VPN');
    const notice = page
      .getByText(/Access pattern changed|pattern/i)
      .and(page.locator('[role=status] p'))
      .last();
    await expect(notice).toBeVisible();
    const next = page.getByRole('button', { name: /^Next: / });
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    const [button, box] = [await next.boundingBox(), await notice.boundingBox()];
    if (!button || !box) throw new Error('both are visible');
    const apart =
      button.y + button.height <= box.y || button.x >= box.x + box.width || button.x + button.width <= box.x;
    expect(apart, `at ${viewport.width} pixels`).toBe(true);
    // A click reaches it, and not the notice.
    await next.click({ timeout: 5000 });
    await wizard.step('Access pattern').catch(() => undefined);
    await page.evaluate(() => localStorage.clear());
  }
});

test('More options of Quick setup is one step back', async ({ page }) => {
  await page.goto('/?view=express');
  await expect(page.getByRole('heading', { level: 1, name: 'Quick setup' })).toBeVisible();
  await page.getByRole('button', { name: 'More options' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Which server is it?' })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Quick setup' })).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1, name: 'Which server is it?' })).toBeVisible();
});

test.describe('in a new plan', () => {
  test.use({ storageState: emptyStorage });
  test('the last IPv6 address of the server takes the IPv6 examples with it, and one undo restores both', async ({
    page,
  }) => {
    const wizard = new Wizard(page);
    await wizard.open();
    await wizard.step('Clients');
    await wizard.add('Source networks', '198.51.100.0/28', '2001:db8:20::/64');
    await wizard.step('Network');
    await wizard.add('Public addresses', '203.0.113.10', '2001:db8:10::10');
    await page.getByRole('button', { name: 'Remove 2001:db8:10::10' }).click();
    await expect(page.getByRole('button', { name: /^203\.0\.113\.10[.,]/ })).toBeFocused();
    await wizard.step('Clients');
    await expect(page.getByRole('button', { name: 'Remove 198.51.100.0/28' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Remove 2001:db8:20::/64' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await expect(page.getByRole('button', { name: 'Remove 2001:db8:20::/64' })).toBeVisible();
  });
});

test('on a phone the current screen is visible in its row of links', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [view, row, name] of [
    ['database-comparison', 'Views', 'PostgreSQL vs. MySQL and SQL Server'],
    ['import', 'Inspect', 'Import'],
  ] as const) {
    await page.goto(`/?view=${view}`);
    const link = page.getByRole('navigation', { name: row }).getByRole('link', { name });
    await expect(link).toBeVisible();
    await expect(link).toBeInViewport({ ratio: 0.9 });
  }
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test('on a phone a row of links fades at the edges where more of it is hidden', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/?view=audit');
  for (const name of ['Views', 'Inspect']) {
    const row = page.getByRole('navigation', { name });
    await row.evaluate((element) => element.scrollTo(0, 0));
    await expect(row).toHaveAttribute('data-after');
    await expect(row).not.toHaveAttribute('data-before');
    await expect(row).toHaveCSS('mask-image', /calc\(100% - 40px\)|calc\(-40px \+ 100%\)/);
    await row.evaluate((element) => element.scrollTo(element.scrollWidth, 0));
    await expect(row).toHaveAttribute('data-before');
    await expect(row).not.toHaveAttribute('data-after');
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.getByRole('navigation', { name: 'Inspect' })).not.toHaveAttribute('data-after');
});

test('Download is in the header only where the plan is on the screen', async ({ page }) => {
  const download = page.getByRole('banner').getByRole('button', { name: 'Download' });
  await page.goto('/?view=plan');
  await expect(download).toBeVisible();
  await page.goto('/?view=audit');
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible();
  await expect(download).toHaveCount(0);
});

test.describe('in a new plan without answers', () => {
  test.use({ storageState: emptyStorage });
  test('a step has a tick once it is answered or gone through, and not before', async ({ page }) => {
    const wizard = new Wizard(page);
    await wizard.open();
    const steps = page.getByRole('navigation', { name: 'Steps' });
    const ticked = steps.getByRole('button', { name: /^no problems/ });
    await expect(steps.getByRole('button', { name: /Server/ })).toContainText('2');
    await expect(wizard.result().getByText('Generating files…')).toHaveCount(0);
    await expect(ticked).toHaveCount(0);
    await wizard.step('Operations');
    await wizard.step('Clients');
    await expect(ticked).toHaveText([/Access pattern/, /Operations/]);
    await wizard.step('Server');
    await wizard.field('DNS name').fill('db.postern.test');
    await expect(ticked).toHaveText([/Access pattern/, /Server/, /Operations/]);
  });
});

test('a click on Next stores the address that is still in its field, and continues', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Network');
  await wizard.clear('Public addresses');
  await expect(page.getByRole('button', { name: /^Next: / })).toBeVisible();
  await wizard.field('Public addresses').pressSequentially('198.18.113.77');
  const next = page.getByRole('button', { name: /^Next: / });
  await next.scrollIntoViewIfNeeded();
  const box = await next.boundingBox();
  if (!box) throw new Error('There is no Next');
  // As a person presses: the page has time to change before the release.
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.waitForTimeout(150);
  await page.mouse.up();
  await expect(wizard.heading('Who connects?')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByText('198.18.113.77').first()).toBeVisible();
});
