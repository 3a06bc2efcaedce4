import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { LARGE, OwnFiles } from './own-files.ts';

const HEADING = 'What is wrong with these files?';
const hba = 'local all postgres peer\nhost all all 10.0.0.0/8 md5\nhost orders app 10.1.0.0/16 scram-sha-256\n';
const conf = 'listen_addresses = *\nssl = on\n';

const findings = (page: Page) => page.getByRole('region', { name: 'Findings' });
const finding = (page: Page, title: string) => findings(page).getByRole('listitem').filter({ hasText: title });

async function audit(page: Page): Promise<OwnFiles> {
  const own = new OwnFiles(page);
  await own.open('audit', HEADING);
  return own;
}

test('files are opened, and what is wrong is said by line, worst first', async ({ page }) => {
  const own = await audit(page);
  await expect(findings(page)).toContainText('There is nothing to look at yet');
  await own.give({ 'pg_hba.conf': hba, 'postgresql.conf': 'shared_bufers = 1GB\n' });
  await expect(findings(page)).toContainText('3 records and 1 setting read.');
  await expect(finding(page, 'A record that is meant to decide, and never does')).toContainText('pg_hba.conf, line 3');
  await expect(finding(page, 'No setting of that name')).toContainText('is shared_buffers meant?');
  const first = findings(page)
    .locator('li')
    .filter({ has: page.getByRole('button', { name: /line \d/ }) })
    .first();
  await expect(first).toContainText('Critical');
  await expect(own.editor().locator('.cm-dead')).toHaveText('host orders app 10.1.0.0/16 scram-sha-256');
  // Without TLS nobody can match it, wherever it stood.
  await own.give({ 'pg_hba.conf': 'hostssl all app all md5\nlocal all all peer\n', 'postgresql.conf': 'ssl = off\n' });
  await expect(own.editor().locator('.cm-dead')).toHaveText('hostssl all app all md5');
});

test('a fix changes its line alone, and is taken back above the file and by the keyboard', async ({ page }) => {
  const own = await audit(page);
  await own.give({ 'pg_hba.conf': hba });
  await finding(page, 'md5 takes weak secrets').getByRole('button', { name: 'Ask with SCRAM alone' }).click();
  await expect(own.editor()).toContainText('host all all 10.0.0.0/8 scram-sha-256');
  await expect(finding(page, 'md5 takes weak secrets')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo the last change of this file' }).click();
  await expect(own.editor()).toContainText('host all all 10.0.0.0/8 md5');
  await expect(finding(page, 'md5 takes weak secrets')).toHaveCount(1);
  await page.getByRole('button', { name: 'Redo the change of this file' }).click();
  await own.editor().press('Control+z');
  await expect(own.editor()).toContainText('host all all 10.0.0.0/8 md5');
});

test('what is typed is judged as it stands, and outlives a reload in this tab alone', async ({ page, browser }) => {
  const own = await audit(page);
  await own.editor().click();
  await page.keyboard.type('host all all 0.0.0.0/0 trust\n');
  await expect(findings(page)).toContainText('Critical');
  await page.keyboard.type('# postern-ignore-file: no-way-for-the-administrator\n');
  await page.reload();
  await expect(own.editor()).toContainText('host all all 0.0.0.0/0 trust');
  await expect(findings(page)).toContainText('silenced by comments');
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, location.href, history.state]));
  expect(kept).not.toContain('0.0.0.0/0');
  const other = await (await browser.newContext()).newPage();
  await other.goto('/?view=audit');
  await expect(other.getByRole('region', { name: 'Findings' })).toContainText('nothing to look at yet');
  await other.context().close();
});

test('a place in the findings leads to its line, in an included file too', async ({ page }) => {
  const own = await audit(page);
  await page.getByLabel('PostgreSQL version of the files').selectOption('16');
  await own.give({ 'pg_hba.conf': 'include conf.d/app.conf\n' });
  await page.getByRole('button', { name: 'Add a file' }).click();
  await page.getByLabel('Name of the file as it stands in the include').fill('conf.d/app.conf');
  await page.keyboard.press('Enter');
  await own.editor('conf.d/app.conf').click();
  await page.keyboard.type('# the application\nhost all all 0.0.0.0/0 trust');
  const place = findings(page).getByRole('button', { name: 'conf.d/app.conf, line 2' }).first();
  await page.locator('label').filter({ hasText: 'postgresql.conf' }).click();
  await expect(own.editor('postgresql.conf')).toBeVisible();
  await place.click();
  await expect(own.editor('conf.d/app.conf')).toBeFocused();
  await expect(own.editor('conf.d/app.conf').locator('.cm-activeLine')).toHaveText('host all all 0.0.0.0/0 trust');
});

test('the report is taken away as SARIF, Markdown and JSON', async ({ page }) => {
  const own = await audit(page);
  await own.give({ 'pg_hba.conf': hba, 'postgresql.conf': conf });
  const saved = async (format: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      findings(page).getByRole('button', { name: format }).click(),
    ]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  const sarif = await saved('SARIF');
  expect(sarif.name).toBe('postern-audit.sarif');
  const { version, runs } = JSON.parse(sarif.text);
  expect(version).toBe('2.1.0');
  expect(runs[0].results.map((result: { ruleId: string }) => result.ruleId)).toContain('md5-method');
  expect((await saved('Markdown')).text).toContain('md5 takes weak secrets');
  expect(JSON.parse((await saved('JSON')).text)).toMatchObject({ files: { 'pg_hba.conf': 'pg_hba.conf' } });
});

test('a link carries the files only when asked to, and one’s own come back', async ({ page, browser }) => {
  const sender = await audit(page);
  await sender.give({ 'pg_hba.conf': 'host zanzibar all 10.0.0.0/8 trust\n' });
  await expect(findings(page)).toContainText('1 record');
  const bare = await sender.link(false);
  const full = await sender.link(true);
  expect(full.length).toBeGreaterThan(bare.length);

  const receiver = new OwnFiles(await (await browser.newContext()).newPage());
  await receiver.open('audit', HEADING);
  await receiver.give({ 'pg_hba.conf': 'local all all peer\n' });
  await receiver.page.goto(bare);
  await expect(receiver.editor()).toContainText('local all all peer');
  await receiver.page.goto(full);
  await expect(receiver.page.getByText('These files came by a link.')).toBeVisible();
  await expect(receiver.editor()).toContainText('zanzibar');
  expect(new URL(receiver.page.url()).hash).toBe('');
  await receiver.page.getByRole('button', { name: 'Back to my files' }).click();
  await expect(receiver.editor()).toHaveText('local all all peer');
  await receiver.page.goto(`${full.slice(0, -9)}`);
  await expect(receiver.page.getByText(/It is damaged/)).toBeVisible();
  await expect(receiver.editor()).toContainText('local all all peer');
  await receiver.page.context().close();
});

test('a file of 5,000 lines has its findings, and typing goes on while they are made', async ({ page }) => {
  const own = await audit(page);
  await own.give({ 'pg_hba.conf': LARGE });
  await expect(findings(page)).toContainText('4,500 records');
  await own.editor().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('host all all 0.0.0.0/0 trust\n');
  await expect(own.editor().locator('.cm-line').first()).toHaveText('host all all 0.0.0.0/0 trust');
  await expect(findings(page)).toContainText('4,501 records');
  await expect(finding(page, 'trust').first()).toContainText('pg_hba.conf, line 1');
});

test('a fix that typing has overtaken changes nothing, and says so', async ({ page }) => {
  const own = await audit(page);
  const large = Array.from({ length: 10 }, (_, copy) => LARGE.replaceAll('db', `c${copy}_`)).join('\n');
  await own.give({ 'pg_hba.conf': `host all all 10.0.0.0/8 trust\n${large}` });
  const mend = findings(page).getByRole('button', { name: 'Ask for a password (SCRAM)' }).first();
  await expect(mend).toBeVisible({ timeout: 30_000 });
  await own.editor().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('#');
  await mend.click();
  await expect(page.getByText('Nothing was changed: the files are not those of the finding any more.')).toBeVisible();
  await expect(own.editor().locator('.cm-line').first()).toHaveText('#host all all 10.0.0.0/8 trust');
});

test('what takes long shows that it does, and can be stopped and started again', async ({ page }) => {
  const own = await audit(page);
  await own.give({
    'pg_hba.conf': Array.from({ length: 12 }, (_, copy) => LARGE.replaceAll('db', `c${copy}_`)).join('\n'),
  });
  await expect(findings(page).getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(findings(page)).toContainText('Stopped before there was an answer.');
  await own.give({ 'pg_hba.conf': hba });
  await expect(findings(page)).toContainText('3 records');
});

test('a file that is no configuration file is answered, whatever it is', async ({ page }) => {
  const own = await audit(page);
  await own.give({ 'pg_hba.conf': '\0'.repeat(2000) });
  await expect(findings(page)).toContainText('Critical');
  await own.give({ 'pg_hba.conf': 'x'.repeat(17 * 1024 * 1024) });
  await expect(page.getByRole('alert')).toContainText('files of more than 16 MB are not read');
});

for (const { name, width, height, colorScheme } of [
  { name: 'wide, light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'phone, dark', width: 390, height: 844, colorScheme: 'dark' },
] as const) {
  test.describe(name, () => {
    test.use({ viewport: { width, height }, colorScheme });
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      await audit(page);
      await page.getByRole('button', { name: 'Show an example' }).click();
      await expect(findings(page)).toContainText('critical');
      await findings(page).getByText('Why it matters').first().click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    });
  });
}
