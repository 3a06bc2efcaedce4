import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { LARGE, OwnFiles } from './own-files.ts';
import { Wizard } from './wizard.ts';

const hba = [
  'local   all     postgres                   peer',
  'hostssl orders  app       192.0.2.0/24     scram-sha-256',
  'hostssl orders  app       2001:db8::/32    scram-sha-256',
  'host    all     all       192.0.2.9/32     radius radiusservers=10.0.0.9 radiussecrets=x',
].join('\n');
const conf = "listen_addresses = '203.0.113.10'\nport = 5433\nshared_buffers = 4GB\n";

const summary = (page: Page) => page.getByRole('main').getByRole('status').filter({ hasText: 'in the plan' });

async function imported(page: Page, files: Readonly<Record<string, string>>): Promise<OwnFiles> {
  const own = new OwnFiles(page);
  await own.open('import', 'Make a plan of existing files');
  await own.give(files);
  return own;
}

test('files become the plan, and every line that does not is listed with its reason', async ({ page }) => {
  await imported(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await expect(summary(page)).toContainText('lines are in the plan');
  const left = page.getByRole('table', { name: /^Left out/ });
  await expect(left.getByRole('row', { name: /pg_hba\.conf, line 4/ })).toContainText('radius');
  await expect(left.getByRole('row', { name: /postgresql\.conf, line 3/ })).toContainText('shared_buffers = 4GB');
  await expect(page.getByRole('table', { name: /^Carried over/ })).toContainText('port = 5433');
  await page.getByRole('button', { name: 'Make this the plan' }).click();
  await expect(page.getByText('The files are the plan now.')).toBeVisible();
  const wizard = new Wizard(page);
  await wizard.step('Server');
  await expect(wizard.field('Port')).toHaveValue('5433');
  await expect(wizard.fileText(/pg_hba\.conf/)).toContainText('2001:db8::/32');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(wizard.field('Port')).toHaveValue('5432');
});

test('what the file of the plan would change is listed with a connection that shows it', async ({ page }) => {
  await imported(page, { 'pg_hba.conf': hba });
  const changes = page.getByRole('region', { name: 'What the plan’s pg_hba.conf changes' });
  await expect(changes).toContainText('192.0.2.9');
  await expect(changes.getByRole('listitem').filter({ hasText: 'radius' }).first()).toBeVisible();
});

test('a line leads to the editor, and what was asked stays and goes into the link', async ({ page, browser }) => {
  const own = await imported(page, { 'pg_hba.conf': 'host all all 10.0.0.0/8 scram-sha-256\n' });
  await expect(page.getByRole('heading', { name: /^Assumed/ })).toBeVisible();
  await page.getByLabel('Roles that log in').fill('app reports');
  await expect(page.getByRole('table', { name: /^Carried over/ })).toBeVisible();
  const link = await own.link(true);
  await page.getByRole('button', { name: 'pg_hba.conf, line 1' }).first().click();
  await expect(own.editor()).toBeFocused();
  await page
    .getByRole('navigation', { name: 'What to do with the files' })
    .getByRole('link', { name: 'Import' })
    .click();
  await expect(page.getByLabel('Roles that log in')).toHaveValue('app reports');

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.getByLabel('Roles that log in')).toHaveValue('app reports');
  await expect(summary(other)).toBeVisible();
  await other.context().close();
});

test('a file of 5,000 lines is answered, and files that are none too', async ({ page }) => {
  const own = await imported(page, { 'pg_hba.conf': LARGE });
  await expect(summary(page)).toBeVisible({ timeout: 45_000 });
  await own.give({ 'pg_hba.conf': '<html>404</html>\n' });
  await expect(page.getByRole('table', { name: /^Left out/ })).toContainText('<html>404</html>');
});

for (const { name, width, height, colorScheme } of [
  { name: 'wide, light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'phone, dark', width: 390, height: 844, colorScheme: 'dark' },
] as const) {
  test.describe(name, () => {
    test.use({ viewport: { width, height }, colorScheme });
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      await imported(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
      await expect(summary(page)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    });
  });
}
