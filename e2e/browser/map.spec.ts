import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const hba = `local all postgres peer
hostssl orders app 10.0.0.0/8 scram-sha-256
host orders +readers 10.1.0.0/16 md5
host reports all ::/0 md5
host all all samenet trust
`;

const grid = (page: Page) => page.getByRole('grid');
const field = (page: Page, start: string) => grid(page).getByRole('button', { name: new RegExp(`^${start}`) });
const details = (page: Page) => page.getByRole('region', { name: 'What decides' });
const holds = (page: Page) => page.getByRole('region', { name: 'Does it hold?' });

async function open(page: Page, text = hba): Promise<void> {
  await page.goto('/?view=map');
  await expect(page.getByRole('heading', { level: 1, name: 'Access map' })).toBeVisible();
  await give(page, text);
}

const give = (page: Page, text: string) =>
  page
    .getByLabel('Files of the server')
    .setInputFiles({ name: 'pg_hba.conf', mimeType: 'text/plain', buffer: Buffer.from(text) });

test('each field says who gets in and by which record, and the record leads to the editor', async ({ page }) => {
  await page.goto('/?view=map');
  await expect(page.getByText('There is no pg_hba.conf yet.')).toBeVisible();
  await give(page, hba);
  await expect(page.getByText('4 databases by 5 sources.')).toBeVisible();
  await field(page, 'orders from the rest of 10\\.0\\.0\\.0/8;').click();
  await expect(details(page)).toContainText('scram-sha-256 app, over TLS');
  await expect(details(page)).toContainText('refused, as no record matches');
  await expect(field(page, 'orders from 10\\.1\\.0\\.0/16;')).toHaveAccessibleName(/md5 for members of readers/);
  await details(page).getByRole('button', { name: 'Line 2' }).click();
  await expect(page.getByRole('textbox', { name: 'Text of pg_hba.conf' })).toBeFocused();
});

test('what no file tells is perhaps', async ({ page }) => {
  await open(page);
  const cell = field(page, 'any other database from Anywhere else');
  await expect(cell).toContainText('perhaps');
  await cell.click();
  await expect(details(page)).toContainText('it depends on what no file tells');
});

test('a gap between IPv4 and IPv6 is said, both ways', async ({ page }) => {
  await open(page, 'host orders all 10.0.0.0/8 md5\nhost reports all ::/0 md5\n');
  await expect(page.getByText('orders can be reached over IPv4 (from 10.0.0.0/8) and not over IPv6')).toBeVisible();
  await expect(page.getByText('reports can be reached over IPv6 (from ::/0) and not over IPv4')).toBeVisible();
  await expect(field(page, 'reports from Anywhere else, IPv4')).toContainText('nobody');
  await page.getByRole('radio', { name: 'IPv6' }).check();
  await expect(field(page, 'reports from Anywhere else, IPv6')).toContainText('md5');
});

test('the same is a table in words, by databases and by roles', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'As a table' }).click();
  const table = page.getByRole('table', { name: 'Access map in words' });
  await expect(table.getByRole('row', { name: /^orders the rest of 10\.0\.0\.0\/8 over TLS app scram/ })).toContainText(
    'Line 2',
  );
  await page.getByRole('radio', { name: 'roles', exact: true }).check();
  await expect(
    table.getByRole('row', { name: /^other members of readers 10\.1\.0\.0\/16 .* orders md5/ }),
  ).toBeVisible();
});

test('it is gone through with the arrow keys', async ({ page }) => {
  await open(page);
  await field(page, 'orders from Socket').focus();
  await expect(details(page)).toContainText('orders from Socket');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(field(page, 'reports from The server itself')).toBeFocused();
  await expect(details(page)).toContainText('reports from The server itself');
  await page.keyboard.press('Tab');
  await expect(details(page).getByRole('button').first()).toBeFocused();
});

test('the plan’s own file is drawn too, and its lines lead nowhere', async ({ page }) => {
  await page.goto('/?view=map');
  await page.getByRole('radio', { name: 'The plan’s files' }).check();
  await expect(grid(page)).toContainText('scram-sha-256');
  await expect(details(page)).toContainText(/Line \d+/);
  await expect(details(page).getByRole('button')).toHaveCount(0);
});

test('what should hold does, does not with an example, or cannot be told', async ({ page }) => {
  await open(page, 'host all all 10.0.0.0/8 md5\nhost all all 0.0.0.0/0 reject\n');
  const panel = holds(page);
  await panel.getByRole('button', { name: 'Check' }).click();
  await expect(holds(page)).toContainText('No, it does not hold.');
  await expect(holds(page)).toContainText('For example postgres to');
  await panel.getByRole('textbox', { name: 'Networks' }).fill('10.0.0.0/8');
  await expect(holds(page)).not.toContainText('No, it does not hold.');
  await page.keyboard.press('Enter');
  await expect(holds(page)).toContainText('Yes, it holds.');
  await panel.getByRole('textbox', { name: 'Networks' }).fill('ten');
  await page.keyboard.press('Enter');
  await expect(holds(page).getByRole('alert')).toContainText('“ten” is no network');
  await panel.getByRole('radio', { name: /not encrypted/ }).check();
  await panel.getByRole('button', { name: 'Check' }).click();
  await expect(holds(page)).toContainText('No, it does not hold.');
  await panel.getByRole('radio', { name: /reaches this database/ }).check();
  await panel.getByRole('textbox', { name: 'Database' }).fill('orders');
  await panel.getByRole('textbox', { name: 'Roles' }).fill('app');
  await panel.getByRole('button', { name: 'Check' }).click();
  await expect(panel).toContainText('No, it does not hold.');
  await panel.getByRole('radio', { name: /These roles get in/ }).check();
  await panel.getByRole('textbox', { name: 'Networks' }).fill('127.0.0.0/8, ::1/128');
  await give(page, 'host all all samenet md5\n');
  await panel.getByRole('button', { name: 'Check' }).click();
  await expect(panel).toContainText('That cannot be told');
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
  await page.getByRole('textbox', { name: 'Only roles with' }).fill('app');
  await page.getByRole('button', { name: 'As a table' }).click();
  await page.getByRole('checkbox', { name: 'with the text of the files' }).check();
  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await browser.newContext();
  const fresh = await elsewhere.newPage();
  await fresh.goto(link);
  const table = fresh.getByRole('table', { name: 'Access map in words' });
  await expect(table.getByRole('row', { name: /^app Anywhere else, IPv6 .* reports md5/ })).toBeVisible();
  await expect(table).not.toContainText('members of readers');
  await expect(fresh.getByRole('radio', { name: 'IPv6' })).toBeChecked();
  await elsewhere.close();
});

test('of 5,000 networks the first are drawn, and any other when asked for', async ({ page }) => {
  test.setTimeout(120_000);
  const line = (index: number) => `host d${index} u${index} 10.${index >> 8}.${index & 255}.0/24 md5`;
  await open(page, Array.from({ length: 5000 }, (_, index) => line(index)).join('\n'));
  await expect(page.getByText('4,970 more databases are not shown. 4,978 more sources are not shown.')).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('textbox', { name: 'Only databases with' }).fill('d4999');
  await page.getByRole('textbox', { name: 'Only a network or address' }).fill('10.19.135.7');
  await expect(field(page, 'd4999 from 10\\.19\\.135\\.0/24;')).toContainText('md5', { timeout: 60_000 });
});

for (const { name, ...use } of [
  { name: 'wide, light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'phone, dark', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      test.setTimeout(240_000);
      const check = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      };
      await open(page, `${hba}host orders all 203.0.113.0/24 password\nhost orders all 10.0.0.5 md5\n`);
      await expect(grid(page)).toContainText('password');
      await holds(page).getByRole('button', { name: 'Check' }).click();
      await expect(holds(page)).toContainText('it does not hold');
      await check();
      await page.getByRole('button', { name: 'As a table' }).click();
      await expect(page.getByRole('table', { name: 'Access map in words' })).toBeVisible();
      await check();
    });
  });
}
