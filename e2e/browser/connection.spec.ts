import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { OwnFiles } from './own-files.ts';

const path = (page: Page) => page.getByRole('list', { name: 'The way to the database' });
const hop = (page: Page, title: string) =>
  path(page)
    .locator(':scope > li')
    .filter({ has: page.getByRole('heading', { level: 3, name: title }) });
const status = (page: Page) => page.getByRole('main').getByRole('status').filter({ hasText: /\S/ });
const field = (page: Page, label: string) => page.getByRole('textbox', { name: label, exact: true });
const psql = (page: Page) => page.getByRole('table', { name: 'What psql prints' });

const open = (page: Page) => new OwnFiles(page).open('connection', 'Who gets in?');
const give = (page: Page, files: Readonly<Record<string, string>>) => new OwnFiles(page).give(files);

async function ask(page: Page, { address, user, database }: Record<'address' | 'user' | 'database', string>) {
  await field(page, 'Address of the client').fill(address);
  await field(page, 'Role').fill(user);
  await field(page, 'Database').fill(database);
}

const hba = `local   all      all                    peer
host    all      all     127.0.0.1/32   scram-sha-256
hostssl orders   app     10.8.0.0/16    scram-sha-256
host    all      all     0.0.0.0/0      reject
`;
const conf = "listen_addresses = '*'\nssl = on\n";
const app = { address: '10.8.0.7', user: 'app', database: 'orders' };

test('a connection is followed to its record, and psql prints what the server of that major says', async ({ page }) => {
  await open(page);
  await expect(page.getByText('There is no pg_hba.conf yet.')).toBeVisible();
  await give(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await expect(page.getByText('Say at least from which address it comes')).toBeVisible();
  await ask(page, app);
  await expect(status(page)).toContainText('It may try to log in, with scram-sha-256.');
  await expect(hop(page, 'Firewall')).toContainText('neither file tells of a firewall');
  await expect(hop(page, 'Record of pg_hba.conf')).toContainText(
    'hostssl orders   app     10.8.0.0/16    scram-sha-256',
  );
  await hop(page, 'Record of pg_hba.conf').getByText('The 2 records that do not match, and why').click();
  await expect(path(page)).toContainText('127.0.0.1/32 does not hold 10.8.0.7.');
  await expect(psql(page).getByRole('row', { name: /^disable/ })).toContainText(
    'psql: error: connection to server at "192.0.2.5", port 5432 failed: FATAL:  pg_hba.conf rejects connection for host "10.8.0.7", user "app", database "orders", no encryption',
  );
  await expect(psql(page).getByRole('row', { name: /require/ })).toContainText('goes on with scram-sha-256');

  await page.getByRole('radio', { name: 'none' }).check();
  await expect(status(page)).toContainText('It does not get in: it ends at “Method”.');
  await expect(hop(page, 'Role')).toContainText('not reached');
  await page.getByRole('combobox', { name: 'PostgreSQL version of the files' }).selectOption('13');
  await expect(psql(page).getByRole('row', { name: /^disable/ })).toContainText('SSL off');
  await field(page, 'Server, as the client is given it').fill('db.example.com');
  await page.getByRole('combobox', { name: 'Version of psql' }).selectOption('16');
  await expect(psql(page)).toContainText('connection to server at "db.example.com", port 5432 failed');
});

test('the server that listens elsewhere stops it, and the line leads to the editor', async ({ page }) => {
  await open(page);
  await give(page, { 'pg_hba.conf': hba, 'postgresql.conf': "ssl = on\nlisten_addresses = 'localhost'\n" });
  await ask(page, app);
  await expect(status(page)).toContainText('it ends at “Listening socket”');
  await expect(psql(page)).toContainText('Connection refused\n');
  await hop(page, 'Record of pg_hba.conf').getByRole('button', { name: 'pg_hba.conf, line 3' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What is wrong with these files?' })).toBeVisible();
  const editor = page.getByRole('textbox', { name: 'Text of pg_hba.conf' });
  await expect(editor).toBeFocused();
  await expect(editor.locator('.cm-activeLine')).toContainText('hostssl orders');
  await page.goBack();
  await expect(status(page)).toContainText('it ends at “Listening socket”');
});

test('a file that the server refuses is said first', async ({ page }) => {
  await open(page);
  await give(page, { 'pg_hba.conf': `host all all 10.0.0.1 md5\n${hba}` });
  await ask(page, app);
  const alert = page.getByRole('alert').filter({ hasText: 'The server refuses this file' });
  await expect(alert).toContainText('invalid IP mask "md5"');
  await expect(alert).toContainText('It goes on with the one that it read before');
});

test('what is no connection is told with a way out, and the last answer stays', async ({ page }) => {
  await open(page);
  await give(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await ask(page, app);
  await expect(status(page)).toContainText('It may try to log in');
  await field(page, 'Address of the client').fill('10.8.0.0/16');
  await expect(field(page, 'Address of the client')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('alert').filter({ hasText: 'is a network of many addresses' })).toBeVisible();
  await expect(status(page)).toContainText('This is the answer of before: app to orders, from 10.8.0.7');
  await page.getByRole('button', { name: 'Use 10.8.0.1' }).click();
  await expect(status(page)).toContainText('from 10.8.0.1');
  await field(page, 'Address of the client').fill('db.example.com');
  await expect(page.getByRole('alert').filter({ hasText: 'db.example.com is no address' })).toBeVisible();
  await field(page, 'Role').fill('');
  await expect(status(page)).toContainText('The fields hold no connection now.');
});

test('a client of the plan passes its layers, and a stranger is stopped at the firewall', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: 'The plan’s files' }).check();
  await page.getByText('Take a client of the plan').click();
  await page.getByRole('listitem').getByRole('button').first().click();
  await expect(status(page)).toContainText('It may try to log in');
  await expect(hop(page, 'Firewall')).toContainText('may reach');
  await expect(hop(page, 'Role')).toContainText('roles.sql makes');
  await field(page, 'Address of the client').fill('192.0.2.99');
  await expect(status(page)).toContainText('it ends at “Firewall”');
  await expect(psql(page)).toContainText('Connection timed out');
  await hop(page, 'Firewall').getByRole('button', { name: 'Go to this answer of the plan' }).click();
  await expect(page.getByRole('group', { name: 'Firewall' })).toBeVisible();
});

test('a record gives a connection that it catches, and a dead one says why there is none', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Show an example' }).click();
  await page.getByText('Take one that a record catches').click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Line 13' })).toContainText(
    'earlier records take everything that it matches (line 12)',
  );
  await page.getByRole('button', { name: 'Line 11', exact: true }).click();
  await expect(field(page, 'Role')).toHaveValue('app');
  await expect(hop(page, 'Record of pg_hba.conf').getByRole('button', { name: 'pg_hba.conf, line 11' })).toBeVisible();
});

test('the link brings connection and answer to another browser, the files only when asked to', async ({
  page,
  browser,
}) => {
  await open(page);
  await give(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await ask(page, { ...app, user: 'böse "x" <b>' });
  await expect(status(page)).toContainText('böse "x" <b>');
  const own = new OwnFiles(page);
  const [without, withTexts] = [await own.link(false), await own.link(true)];
  for (const [link, expected] of [
    [without, 'There is no pg_hba.conf yet.'],
    [withTexts, 'It does not get in: it ends at “Method”.'],
  ] as const) {
    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(link);
    await expect(other.getByRole('heading', { level: 1, name: 'Who gets in?' })).toBeVisible();
    await expect(field(other, 'Role')).toHaveValue('böse "x" <b>');
    await expect(field(other, 'Address of the client')).toHaveValue('10.8.0.7');
    await expect(other.getByText(expected)).toBeVisible();
    await context.close();
  }
});

test('5,000 lines are answered, and the records above are listed a few at a time', async ({ page }) => {
  const lines = Array.from(
    { length: 5000 },
    (_, index) => `host db${index} all 10.${index >> 8}.${index & 255}.0/24 md5`,
  );
  await open(page);
  await give(page, { 'pg_hba.conf': `${lines.join('\n')}\n${hba}`, 'postgresql.conf': conf });
  await ask(page, app);
  await expect(status(page)).toContainText('It may try to log in');
  const record = hop(page, 'Record of pg_hba.conf');
  await expect(record).toContainText('5002 records above it do not match');
  await record.getByText('The 5,002 records that do not match, and why').click();
  await expect(record.getByRole('listitem')).toHaveCount(20);
  await record.getByRole('button', { name: /Show more/ }).click();
  await expect(record.getByRole('listitem')).toHaveCount(40);
  await page.getByText('Take one that a record catches').click();
  await page.getByRole('searchbox').fill('line 4999');
  await page.getByRole('button', { name: 'Line 4999', exact: true }).click();
  await expect(field(page, 'Database')).toHaveValue('db4998');
});

test('it is open to the keyboard alone', async ({ page }) => {
  await open(page);
  await give(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await field(page, 'Address of the client').focus();
  await page.keyboard.insertText(app.address);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'TLS' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'none' })).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(app.user);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(app.database);
  await expect(status(page)).toContainText('It does not get in');
});

for (const { name, ...use } of [
  { name: 'wide, light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'phone, dark', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      test.setTimeout(240_000);
      await open(page);
      const look = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      };
      await look();
      await page.getByRole('button', { name: 'Show an example' }).click();
      await ask(page, { ...app, user: 'x'.repeat(60) });
      await expect(status(page)).toContainText('It does not get in');
      await page.getByText('Take one that a record catches').click();
      await expect(page.getByRole('button', { name: 'Line 2', exact: true })).toBeVisible();
      await look();
      await field(page, 'Address of the client').fill('010.8.0.7');
      await expect(page.getByRole('alert').filter({ hasText: 'old spelling' })).toBeVisible();
      await look();
    });
  });
}
