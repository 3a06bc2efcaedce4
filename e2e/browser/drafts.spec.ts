import { expect, test } from '@playwright/test';
import { Wizard } from './wizard.ts';

const KEY = 'postern.draft';

test('a reload keeps the draft and the place', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Server');
  await wizard.field('DNS name').fill('kept.postern.test');
  await page.reload();
  await expect(wizard.heading('Which server is it?')).toBeVisible();
  await expect(wizard.field('DNS name')).toHaveValue('kept.postern.test');
});

test('a reload keeps invalid answers', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Server');
  await wizard.field('Port').fill('5432x');
  await expect(wizard.field('Port')).toHaveAttribute('aria-invalid', 'true');
  await page.reload();
  await expect(wizard.field('Port')).toHaveValue('5432x');
  await expect(wizard.field('Port')).toHaveAttribute('aria-invalid', 'true');
});

for (const [kind, text, words] of [
  ['damaged', '{"state":{"draft":', 'is damaged. It was set aside'],
  ['of another shape', '{"state":{"draft":{"clients":"all"},"kept":null},"version":1}', 'is damaged. It was set aside'],
  ['newer', '{"state":{"anything":1},"version":99}', 'made by a newer version of Postern'],
] as const) {
  test(`a saved draft that is ${kind} is set aside and can be downloaded`, async ({ page }) => {
    const wizard = new Wizard(page);
    // The page itself is not open yet: on a busy machine it could write its own draft over this one.
    await page.goto('/presets/index.json');
    await page.evaluate(([key, value]) => localStorage.setItem(key, value), [KEY, text] as const);
    await wizard.open();
    await expect(page.getByText(words)).toBeVisible();
    await wizard.step('Server');
    await wizard.field('DNS name').fill('new.postern.test');
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download saved data' }).click();
    const stream = await (await waiting).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(text);
    await page.reload();
    await expect(page.getByText(words)).toBeVisible();
    await page.getByRole('button', { name: 'Discard saved data' }).click();
    await expect(page.getByText(words)).toBeHidden();
    await expect(wizard.field('DNS name')).toHaveValue('new.postern.test');
  });
}

test('undo reverts any change, including another pattern, and redo restores it', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Server');
  await wizard.field('DNS name').fill('mine.postern.test');
  await wizard.step('Access pattern');
  await wizard.tab('All files');
  await wizard.choosePattern('VPN');
  await expect(wizard.result().getByRole('heading', { name: /VPN peers/ })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('radio', { name: 'Direct' })).toBeChecked();
  await expect(wizard.result().getByRole('heading', { name: /VPN peers/ })).toBeHidden();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await wizard.step('Server');
  await expect(wizard.field('DNS name')).toHaveValue('db.postern.test');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(wizard.field('DNS name')).toHaveValue('mine.postern.test');
});

test('the last valid files are shown while an answer is invalid, and the suggested value fixes it', async ({
  page,
}) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Clients');
  await wizard.generated();
  await wizard.add('Source networks', '192.168.1./16');
  await expect(page.getByText('ends its address with a dot').first()).toBeVisible();
  await expect(wizard.result().getByText('The result shown is outdated')).toBeVisible();
  await expect(wizard.result().getByRole('tab', { name: 'All files' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Steps' }).getByText('1 problem')).toBeVisible();
  await wizard.step('Server');
  await wizard.result().getByRole('button', { name: 'Go to the first problem' }).click();
  await expect(page.getByRole('button', { name: /^192\.168\.1\.\/16, invalid/ })).toBeFocused();
  await page.getByRole('button', { name: 'Use 192.168.0.0/16' }).click();
  await wizard.noProblems();
  await wizard.tab('pg_hba.conf');
  await expect(wizard.fileText(/pg_hba\.conf/)).toContainText('192.168.0.0/16');
});

test('what the last answer changed is marked until the next', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Clients');
  await wizard.generated();
  const hba = wizard.fileText(/pg_hba\.conf/);
  await wizard.add('Source networks', '198.18.2.0/24');
  await expect(hba.getByText('changed:')).not.toHaveCount(0);
  await expect(hba.locator('li', { hasText: 'changed:' }).filter({ hasText: '198.18.2.0/24' })).not.toHaveCount(0);
  await wizard.add('Roles', 'reporting');
  await expect(hba.locator('li', { hasText: 'changed:' }).filter({ hasText: 'reporting' })).not.toHaveCount(0);
});

test('many networks are pasted at once, and refused ones are kept and marked', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Clients');
  await wizard.clear('Source networks');
  await wizard.field('Source networks').evaluate((input) => {
    const data = new DataTransfer();
    data.setData('text', '10.1.0.0/16, 10.2.0.0/16\n10.0.0.0/33;2001:2:0:9::/48');
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('button', { name: /^10\.2\.0\.0\/16\. Press Enter to edit/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^10\.0\.0\.0\/33, invalid/ })).toBeVisible();
  await expect(page.getByText('4 entries added.')).toBeVisible();
});

test('four hundred clients stay usable', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await page.evaluate(
    (key) => {
      const saved = JSON.parse(localStorage.getItem(key) ?? 'null');
      const [client] = saved.state.draft.clients;
      saved.state.draft.clients = Array.from({ length: 400 }, (_, index) => ({
        ...client,
        name: `client ${index}`,
        roles: [`role${index}`],
        sources: [`10.${index >> 8}.${index & 255}.0/24`],
      }));
      localStorage.setItem(key, JSON.stringify(saved));
    },
    await saveOnce(page, wizard),
  );
  await page.reload();
  await wizard.step('Clients');
  await page.getByLabel(/^Filter/).fill('role377');
  await page.getByRole('button', { name: /^client 377/ }).click();
  await wizard.field('Name').fill('found');
  await expect(page.locator('svg text', { hasText: '395 more clients' })).toBeVisible();
});

/** A draft is saved with its first answer. */
async function saveOnce(page: import('@playwright/test').Page, wizard: Wizard): Promise<string> {
  await wizard.step('Server');
  await wizard.field('DNS name').fill('many.postern.test');
  await page.waitForFunction((key) => localStorage.getItem(key) !== null, KEY);
  return KEY;
}
