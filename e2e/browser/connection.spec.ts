import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, views } from './accessible.ts';
import { ServerFiles } from './server-files.ts';

const path = (page: Page) => page.getByRole('list', { name: 'Path to the database' });
const hop = (page: Page, title: string) =>
  path(page)
    .locator(':scope > li')
    .filter({ has: page.getByRole('heading', { level: 3, name: new RegExp(`^${title}`) }) });
const status = (page: Page) => page.getByRole('main').getByRole('status').filter({ hasText: /\S/ });
const field = (page: Page, label: string) => page.getByRole('textbox', { name: label, exact: true });
const psql = (page: Page) => page.getByRole('table', { name: 'Output of psql' });

const advanced = (page: Page) => page.locator('summary').filter({ hasText: 'Advanced' });

const open = (page: Page) => new ServerFiles(page).open('path', 'Trace a connection');
const addFiles = (page: Page, files: Readonly<Record<string, string>>) => new ServerFiles(page).add(files);

async function ask(page: Page, { address, user, database }: Record<'address' | 'user' | 'database', string>) {
  await field(page, 'Source address').fill(address);
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
  await expect(page.getByText('No pg_hba.conf yet.')).toBeVisible();
  await addFiles(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await expect(page.getByText('Enter at least the role')).toBeVisible();
  await ask(page, app);
  await expect(status(page)).toContainText('Can connect, and must authenticate with scram-sha-256.');
  await expect(hop(page, 'Firewall')).toContainText('neither file describes a firewall');
  await expect(hop(page, 'pg_hba.conf rule')).toContainText('hostssl orders   app     10.8.0.0/16    scram-sha-256');
  await hop(page, 'pg_hba.conf rule').getByText('The 2 skipped rules, and why').click();
  await expect(path(page)).toContainText('127.0.0.1/32 does not contain 10.8.0.7.');
  await expect(psql(page).getByRole('row', { name: /^disable/ })).toContainText(
    'psql: error: connection to server at "192.0.2.5", port 5432 failed: FATAL:  pg_hba.conf rejects connection for host "10.8.0.7", user "app", database "orders", no encryption',
  );
  await expect(psql(page).getByRole('row', { name: /require/ })).toContainText('continues with scram-sha-256');

  await expect(page.getByRole('radio', { name: 'none' })).toBeHidden();
  await advanced(page).click();
  await page.getByRole('radio', { name: 'none' }).check();
  await expect(status(page)).toContainText("Can't connect: stopped at “Authentication method”.");
  await expect(hop(page, 'Role')).toContainText('not reached');
  await page.getByRole('combobox', { name: 'PostgreSQL version' }).selectOption('13');
  await expect(psql(page).getByRole('row', { name: /^disable/ })).toContainText('SSL off');
  await field(page, 'Server host (as the client specifies it)').fill('db.postern.test');
  await page.getByRole('combobox', { name: 'psql version' }).selectOption('16');
  await expect(psql(page)).toContainText('connection to server at "db.postern.test", port 5432 failed');
});

test('the server that listens elsewhere stops it, and the line leads to the editor', async ({ page }) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': hba, 'postgresql.conf': "ssl = on\nlisten_addresses = 'localhost'\n" });
  await ask(page, app);
  await expect(status(page)).toContainText('stopped at “Listening socket”');
  await expect(psql(page)).toContainText('Connection refused\n');
  await hop(page, 'pg_hba.conf rule').getByRole('button', { name: 'pg_hba.conf, line 3' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible();
  const editor = page.getByRole('textbox', { name: 'Contents of pg_hba.conf' });
  await expect(editor).toBeFocused();
  await expect(editor.locator('.cm-activeLine')).toContainText('hostssl orders');
  await page.goBack();
  await expect(status(page)).toContainText('stopped at “Listening socket”');
});

test('a file that the server rejects is reported first', async ({ page }) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': `host all all 10.0.0.1 md5\n${hba}` });
  await ask(page, app);
  const alert = page.getByRole('alert').filter({ hasText: 'The server rejects this file' });
  await expect(alert).toContainText('invalid IP mask "md5"');
  await expect(alert).toContainText('A running server keeps the rules it loaded before');
});

test('invalid input is reported with a way out, and the last answer is kept', async ({ page }) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await ask(page, app);
  await expect(status(page)).toContainText('Can connect, and must authenticate');
  await field(page, 'Source address').fill('10.8.0.0/16');
  await expect(field(page, 'Source address')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('alert').filter({ hasText: 'is a network of many addresses' })).toBeVisible();
  await expect(status(page)).toContainText('This is the previous result: app to orders, from 10.8.0.7');
  await page.getByRole('button', { name: 'Use 10.8.0.1' }).click();
  await expect(status(page)).toContainText('from 10.8.0.1');
  await field(page, 'Source address').fill('db.postern.test');
  await expect(page.getByRole('alert').filter({ hasText: 'db.postern.test is not an address' })).toBeVisible();
  await field(page, 'Role').fill('');
  await expect(status(page)).toContainText("The fields don't describe a valid connection.");
});

test('a client of the plan passes its layers, and an unknown address is stopped at the firewall', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: 'Generated files' }).check();
  await page.getByRole('button', { name: 'Fill in from a client of the plan' }).click();
  await page.getByRole('button', { name: 'app', exact: true }).first().click();
  await expect(status(page)).toContainText('Can connect, and must authenticate');
  await expect(hop(page, 'Firewall')).toContainText('can reach');
  await expect(hop(page, 'Role')).toContainText('roles.sql creates');
  await field(page, 'Source address').fill('198.18.2.99');
  await expect(status(page)).toContainText('stopped at “Firewall”');
  await expect(psql(page)).toContainText('Connection timed out');
  await hop(page, 'Firewall').getByRole('button', { name: 'Go to this answer in the plan' }).click();
  await expect(page.getByRole('group', { name: 'Firewall' })).toBeVisible();
});

test('a record gives a connection that it matches, and an unreachable one says why there is none', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Load example' }).click();
  await page.getByRole('button', { name: 'Fill in from a rule' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Line 13' })).toContainText(
    'earlier rules match every connection that it matches (line 12)',
  );
  await page.getByRole('button', { name: 'Line 11', exact: true }).click();
  await expect(field(page, 'Role')).toHaveValue('app');
  await expect(hop(page, 'pg_hba.conf rule').getByRole('button', { name: 'pg_hba.conf, line 11' })).toBeVisible();
});

test('the link brings connection and answer to another browser, the files only when asked to', async ({
  page,
  browser,
}) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await ask(page, { ...app, user: 'böse "x" <b>' });
  await expect(status(page)).toContainText('böse "x" <b>');
  const files = new ServerFiles(page);
  const [without, withTexts] = [await files.link(false), await files.link(true)];
  for (const [link, expected] of [
    [without, 'No pg_hba.conf yet.'],
    [withTexts, "Can't connect: stopped at “Authentication method”."],
  ] as const) {
    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(link);
    await expect(other.getByRole('heading', { level: 1, name: 'Trace a connection' })).toBeVisible();
    await expect(field(other, 'Role')).toHaveValue('böse "x" <b>');
    await expect(field(other, 'Source address')).toHaveValue('10.8.0.7');
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
  await addFiles(page, { 'pg_hba.conf': `${lines.join('\n')}\n${hba}`, 'postgresql.conf': conf });
  await ask(page, app);
  await expect(status(page)).toContainText('Can connect, and must authenticate');
  const record = hop(page, 'pg_hba.conf rule');
  await expect(record).toContainText("5002 rules above it don't match");
  await record.getByText('The 5,002 skipped rules, and why').click();
  await expect(record.getByRole('listitem')).toHaveCount(20);
  await record.getByRole('button', { name: /Show more/ }).click();
  await expect(record.getByRole('listitem')).toHaveCount(40);
  await page.getByRole('button', { name: 'Fill in from a rule' }).click();
  await page.getByRole('searchbox').fill('line 4999');
  await page.getByRole('button', { name: 'Line 4999', exact: true }).click();
  await expect(field(page, 'Database')).toHaveValue('db4998');
});

test('role, database and source address come first, and the rest is under Advanced', async ({ page }) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await expect(page.getByRole('textbox')).toHaveCount(3);
  await expect(advanced(page)).toContainText('TCP, encryption: TLS');
  await ask(page, app);
  await expect(status(page)).toContainText('Can connect, and must authenticate with scram-sha-256.');
  await page.getByRole('button', { name: 'Fill in from a rule' }).click();
  await page.getByRole('button', { name: 'Line 1', exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Unix-domain socket' })).toBeChecked();
  await expect(field(page, 'Source address')).toHaveCount(0);
  await page.getByRole('button', { name: 'Line 4', exact: true }).click();
  await expect(field(page, 'Source address')).toHaveValue('203.0.113.50');
  await page.getByRole('button', { name: 'Fill in from a client of the plan' }).click();
  // The list loads: until then, other lists are on the page.
  await page.getByRole('button', { name: 'app', exact: true }).first().click();
  await expect(page.getByRole('radio', { name: 'TLS' })).toBeChecked();
});

test('it is usable with only the keyboard', async ({ page }) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await field(page, 'Role').focus();
  for (const value of [app.user, app.database, app.address]) {
    await page.keyboard.insertText(value);
    await page.keyboard.press('Tab');
  }
  await expect(advanced(page)).toBeFocused();
  await expect(status(page)).toContainText('Can connect');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'TLS' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'none' })).toBeChecked();
  await expect(status(page)).toContainText("Can't connect");
});

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      await open(page);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Load example' }).click();
      await ask(page, { ...app, user: 'x'.repeat(60) });
      await expect(status(page)).toContainText("Can't connect");
      await page.getByRole('button', { name: 'Fill in from a rule' }).click();
      await expect(page.getByRole('button', { name: 'Line 2', exact: true })).toBeVisible();
      await expectAccessible(page);
      await field(page, 'Source address').fill('010.8.0.7');
      await expect(page.getByRole('alert').filter({ hasText: 'old notation' })).toBeVisible();
      await expectAccessible(page);
    });
  });
}
