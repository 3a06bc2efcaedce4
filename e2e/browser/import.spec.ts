import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, views } from './accessible.ts';
import { LARGE, ServerFiles } from './server-files.ts';
import { Wizard } from './wizard.ts';

const hba = [
  'local   all     postgres                   peer',
  'hostssl orders  app       198.18.2.0/24     scram-sha-256',
  'hostssl orders  app       2001:2::/32    scram-sha-256',
  'host    all     all       198.18.2.9/32     radius radiusservers=10.0.0.9 radiussecrets=x',
].join('\n');
const conf = "listen_addresses = '198.18.113.10'\nport = 5433\nshared_buffers = 4GB\n";

const summary = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('status')
    .filter({ hasText: /\d lines? imported/ });

async function imported(page: Page, texts: Readonly<Record<string, string>>): Promise<ServerFiles> {
  const files = new ServerFiles(page);
  await files.open('import', 'Import existing configuration');
  await files.add(texts);
  return files;
}

test('files become the plan, and every line that does not is listed with its reason', async ({ page }) => {
  await imported(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
  await expect(summary(page)).toContainText('lines imported');
  const left = page.getByRole('table', { name: /^Left out/ });
  await expect(left.getByRole('row', { name: /pg_hba\.conf, line 4/ })).toContainText('radius');
  await expect(left).not.toContainText('shared_buffers');
  const untouched = page.getByRole('region', { name: 'Unchanged settings: 1' });
  await expect(untouched.getByRole('listitem')).toContainText('shared_buffers = 4GB');
  await expect(summary(page)).toContainText('2 left out');
  await expect(summary(page)).toContainText('1 setting stays unchanged.');
  await expect(page.getByRole('table', { name: /^Imported/ })).toContainText('port = 5433');
  await page.getByRole('button', { name: 'Open as a plan' }).click();
  await expect(page.getByText('The imported files are open as a new plan.')).toBeVisible();
  const wizard = new Wizard(page);
  await wizard.step('Server');
  await expect(wizard.field('Port')).toHaveValue('5433');
  await wizard.tab('pg_hba.conf');
  await expect(wizard.fileText(/pg_hba\.conf/)).toContainText('2001:2::/32');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(wizard.field('Port')).toHaveValue('5432');
});

test("what the plan's file would change is listed with an example connection", async ({ page }) => {
  await imported(page, { 'pg_hba.conf': hba });
  const changes = page.getByRole('region', { name: 'Changes compared with your pg_hba.conf' });
  await expect(changes).toContainText('198.18.2.9');
  await expect(changes.getByRole('listitem').filter({ hasText: 'radius' }).first()).toBeVisible();
});

test('a line leads to the editor, and what was asked stays and goes into the link', async ({ page, browser }) => {
  const files = await imported(page, { 'pg_hba.conf': 'host all all 10.0.0.0/8 scram-sha-256\n' });
  await expect(page.getByRole('heading', { name: /^Assumed/ })).toBeVisible();
  await page.getByLabel('Login roles').fill('app reports');
  await expect(page.getByRole('table', { name: /^Imported/ })).toBeVisible();
  const link = await files.link(true);
  await page.getByRole('button', { name: 'pg_hba.conf, line 1' }).first().click();
  await expect(files.editor()).toBeFocused();
  await page.getByRole('navigation', { name: 'Inspection tools' }).getByRole('link', { name: 'Import' }).click();
  await expect(page.getByLabel('Login roles')).toHaveValue('app reports');

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.getByLabel('Login roles')).toHaveValue('app reports');
  await expect(summary(other)).toBeVisible();
  await other.context().close();
});

test('a file of 5,000 lines is answered, and files that are none too', async ({ page }) => {
  const files = await imported(page, { 'pg_hba.conf': LARGE });
  await expect(summary(page)).toBeVisible({ timeout: 45_000 });
  await files.add({ 'pg_hba.conf': '<html>404</html>\n' });
  await expect(page.getByRole('table', { name: /^Left out/ })).toContainText('<html>404</html>');
});

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      await imported(page, { 'pg_hba.conf': hba, 'postgresql.conf': conf });
      await expect(summary(page)).toBeVisible();
      await expectAccessible(page);
    });
  });
}
