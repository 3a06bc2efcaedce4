import { expect, type Page, test } from '@playwright/test';
import { Wizard } from './wizard.ts';

/** Presses Tab until the element has the focus; a user would give up earlier than this. */
async function tabTo(page: Page, name: RegExp, most = 80): Promise<void> {
  // Screens load when they are first visited; Tab would pass them by.
  await expect(page.getByText('Loading…')).toHaveCount(0);
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!(focused instanceof HTMLElement)) return '';
      const labels =
        focused instanceof HTMLInputElement || focused instanceof HTMLSelectElement ? [...(focused.labels ?? [])] : [];
      return (
        focused.getAttribute('aria-label') ??
        (labels.map((one) => one.textContent).join(' ') || focused.textContent) ??
        ''
      );
    });
    if (name.test(label.trim())) return;
  }
  throw new Error(`Tab does not reach ${name}`);
}

test('the whole wizard is usable with only the keyboard', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to the form' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(wizard.heading('How do clients reach the server?')).toBeFocused();
  await tabTo(page, /^Direct/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Private subnet/ })).toBeChecked();
  await tabTo(page, /^Next: /);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Next: /);
  await page.keyboard.press('Enter');
  await expect(wizard.heading('Which server is it?')).toBeFocused();
  await wizard.ready();
  await tabTo(page, /^DNS name/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('keys.postern.test');
  for (const [heading, list, entries] of [
    ['Which addresses does the server have?', /^Private addresses/, ['10.9.1.10', 'fd00:9::10']],
    ['Which subnets connect?', /^Subnets/, ['10.9.0.0/24']],
    ['Are there read replicas?', undefined, []],
    ['Who connects?', undefined, []],
  ] as const) {
    await tabTo(page, /^Next: /);
    await page.keyboard.press('Enter');
    await expect(wizard.heading(heading)).toBeFocused();
    await wizard.ready();
    if (list) await tabTo(page, list);
    for (const entry of entries) {
      await page.keyboard.type(entry);
      await page.keyboard.press('Enter');
    }
  }
  await tabTo(page, /^Source networks/);
  await page.keyboard.type('10.9.0.0/16');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: /^10\.9\.0\.0\/16\./ })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('7');
  await page.keyboard.press('Escape');
  await tabTo(page, /^Source networks/);
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('button', { name: /^10\.9\.0\.0\/16/ })).toHaveCount(0);
  await tabTo(page, /^Download$/, 200);
  await page.keyboard.press('Enter');
  await expect(wizard.heading('Download the generated files')).toBeFocused();
  await tabTo(page, /^Download \.tar\.gz/);
  const waiting = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await waiting).suggestedFilename()).toBe('postern-private.tar.gz');
});

test('the sheet on a phone opens, and Escape closes it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const wizard = new Wizard(page);
  await wizard.open();
  const bar = page.getByRole('button', { name: /files · \d+ finding/ });
  await bar.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Generated files' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(bar).toBeFocused();
});
