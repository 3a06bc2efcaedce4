import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, views } from './accessible.ts';

const hba = `local all postgres peer
hostssl orders app 10.0.0.0/8 scram-sha-256
host orders +readers 10.1.0.0/16 md5
host reports all ::/0 md5
host all all samenet trust
`;

const grid = (page: Page) => page.getByRole('grid');
const field = (page: Page, start: string) => grid(page).getByRole('button', { name: new RegExp(`^${start}`) });
const details = (page: Page) => page.getByRole('region', { name: 'Rule that decides' });
const holds = (page: Page) => page.getByRole('region', { name: 'Access policy check' });

async function open(page: Page, text = hba): Promise<void> {
  await page.goto('/?view=map');
  await expect(page.getByRole('heading', { level: 1, name: 'Who can connect' })).toBeVisible();
  await addFiles(page, text);
}

const addFiles = (page: Page, text: string) =>
  page
    .getByLabel('Server files')
    .setInputFiles({ name: 'pg_hba.conf', mimeType: 'text/plain', buffer: Buffer.from(text) });

test('each field says who can connect and by which record, and the record links to the editor', async ({ page }) => {
  await page.goto('/?view=map');
  await expect(page.getByText('No pg_hba.conf yet.')).toBeVisible();
  await addFiles(page, hba);
  await expect(page.getByText('4 databases × 5 sources.')).toBeVisible();
  await field(page, 'orders from other addresses in 10\\.0\\.0\\.0/8;').click();
  await expect(details(page)).toContainText('scram-sha-256 app, over TLS');
  await expect(details(page)).toContainText('rejected because no rule matches');
  await expect(field(page, 'orders from 10\\.1\\.0\\.0/16;')).toHaveAccessibleName(/md5 for members of readers/);
  await details(page).getByRole('button', { name: 'Line 2' }).click();
  await expect(page.getByRole('textbox', { name: 'Contents of pg_hba.conf' })).toBeFocused();
});

test('what the files do not determine is shown as possible', async ({ page }) => {
  await open(page);
  const cell = field(page, 'any other database from All other addresses');
  await expect(cell).toContainText('possibly');
  await cell.click();
  await expect(details(page)).toContainText("depends on information that isn't in the files");
});

test('a gap between IPv4 and IPv6 is reported, both ways', async ({ page }) => {
  await open(page, 'host orders all 10.0.0.0/8 md5\nhost reports all ::/0 md5\n');
  await expect(page.getByText('orders can be reached over IPv4 (from 10.0.0.0/8) but not over IPv6')).toBeVisible();
  await expect(page.getByText('reports can be reached over IPv6 (from ::/0) but not over IPv4')).toBeVisible();
  await expect(field(page, 'reports from All other addresses, IPv4')).toContainText('no access');
  await page.getByRole('radio', { name: 'IPv6' }).check();
  await expect(field(page, 'reports from All other addresses, IPv6')).toContainText('md5');
});

test('sources from outside come first, and what the window cuts off is counted', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, `${hba}host orders app 203.0.113.0/24 scram-sha-256\n`);
  await expect(grid(page).locator('thead th')).toHaveText([
    'All other addresses, IPv4',
    '203.0.113.0/24',
    'other addresses in 10.0.0.0/8',
    '10.1.0.0/16',
    'Loopback, 127.0.0.0/8',
    'Unix-domain socket on the server',
  ]);
  await expect(page.getByText('Scroll to see one more source.')).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByText(/^Scroll to see \d more sources\.$/)).toBeVisible();
  await field(page, 'orders from Unix-domain socket').focus();
  await expect(page.getByText(/^Scroll to see/)).toHaveCount(0);
});

test('the same is a table in words, by databases and by roles', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('table', { name: 'Access table' });
  await expect(
    table.getByRole('row', { name: /^orders other addresses in 10\.0\.0\.0\/8 over TLS app scram/ }),
  ).toContainText('Line 2');
  await page.getByRole('radio', { name: 'roles', exact: true }).check();
  await expect(
    table.getByRole('row', { name: /^other members of readers 10\.1\.0\.0\/16 .* orders md5/ }),
  ).toBeVisible();
});

test('the arrow keys move through it', async ({ page }) => {
  await open(page);
  await field(page, 'orders from All other addresses').focus();
  await expect(details(page)).toContainText('orders from All other addresses, IPv4');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(field(page, 'reports from other addresses in 10\\.0')).toBeFocused();
  await expect(details(page)).toContainText('reports from other addresses in 10.0.0.0/8');
  await page.keyboard.press('End');
  await expect(field(page, 'reports from Unix-domain socket')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await expect(details(page).getByRole('button').first()).toBeFocused();
});

test('the plan’s own file is drawn too, and its lines lead nowhere', async ({ page }) => {
  await page.goto('/?view=map');
  await page.getByRole('radio', { name: 'Generated files' }).check();
  await expect(grid(page)).toContainText('scram-sha-256');
  await expect(details(page)).toContainText(/Line \d+/);
  await expect(details(page).getByRole('button')).toHaveCount(0);
});

test('an assertion holds, fails with an example, or is undecided', async ({ page }) => {
  await open(page, 'host all all 10.0.0.0/8 md5\nhost all all 0.0.0.0/0 reject\n');
  const panel = holds(page);
  await panel.getByRole('button', { name: 'Check' }).click();
  await expect(holds(page)).toContainText("The policy doesn't hold.");
  await expect(holds(page)).toContainText('Example: postgres to');
  await panel.getByRole('textbox', { name: 'Networks' }).fill('10.0.0.0/8');
  await expect(holds(page)).not.toContainText("The policy doesn't hold.");
  await page.keyboard.press('Enter');
  await expect(holds(page)).toContainText('The policy holds.');
  await panel.getByRole('textbox', { name: 'Networks' }).fill('ten');
  await page.keyboard.press('Enter');
  await expect(holds(page).getByRole('alert')).toContainText('“ten” is not a valid network');
  await panel.getByRole('radio', { name: /unencrypted TCP/ }).check();
  await panel.getByRole('button', { name: 'Check' }).click();
  await expect(holds(page)).toContainText("The policy doesn't hold.");
  await panel.getByRole('radio', { name: /Only these roles can connect/ }).check();
  await panel.getByRole('textbox', { name: 'Database' }).fill('orders');
  await panel.getByRole('textbox', { name: 'Roles' }).fill('app');
  await panel.getByRole('button', { name: 'Check' }).click();
  await expect(panel).toContainText("The policy doesn't hold.");
  await panel.getByRole('radio', { name: /These roles can connect over TCP only/ }).check();
  await panel.getByRole('textbox', { name: 'Networks' }).fill('127.0.0.0/8, ::1/128');
  await addFiles(page, 'host all all samenet md5\n');
  await panel.getByRole('button', { name: 'Check' }).click();
  await expect(panel).toContainText("Can't be determined");
});

test('a link carries the file, the family, the rows, the table and what is filtered', async ({
  page,
  browser,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await page.getByRole('radio', { name: 'roles', exact: true }).check();
  await page.getByRole('radio', { name: 'IPv6' }).check();
  await page.getByRole('textbox', { name: 'Filter roles' }).fill('app');
  await page.getByRole('button', { name: 'Show as table' }).click();
  await page.getByRole('checkbox', { name: 'Include the file contents' }).check();
  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await browser.newContext();
  const fresh = await elsewhere.newPage();
  await fresh.goto(link);
  const table = fresh.getByRole('table', { name: 'Access table' });
  await expect(table.getByRole('row', { name: /^app All other addresses, IPv6 .* reports md5/ })).toBeVisible();
  await expect(table).not.toContainText('members of readers');
  await expect(fresh.getByRole('radio', { name: 'IPv6' })).toBeChecked();
  await elsewhere.close();
});

test('of 5,000 networks the first are drawn, and any other when asked for', async ({ page }) => {
  const line = (index: number) => `host d${index} u${index} 10.${index >> 8}.${index & 255}.0/24 md5`;
  await open(page, Array.from({ length: 5000 }, (_, index) => line(index)).join('\n'));
  await expect(page.getByText('4,970 more databases are not shown. 4,978 more sources are not shown.')).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('textbox', { name: 'Filter databases' }).fill('d4999');
  await page.getByRole('textbox', { name: 'Filter by network or address' }).fill('10.19.135.7');
  await expect(field(page, 'd4999 from 10\\.19\\.135\\.0/24;')).toContainText('md5', { timeout: 60_000 });
});

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      await open(page, `${hba}host orders all 198.18.113.0/24 password\nhost orders all 10.0.0.5 md5\n`);
      await expect(grid(page)).toContainText('password');
      await holds(page).getByRole('button', { name: 'Check' }).click();
      await expect(holds(page)).toContainText("doesn't hold");
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Show as table' }).click();
      await expect(page.getByRole('table', { name: 'Access table' })).toBeVisible();
      await expectAccessible(page);
    });
  });
}
