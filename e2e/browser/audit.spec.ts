import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible, views } from './accessible.ts';
import { LARGE, ServerFiles } from './server-files.ts';
import { Wizard } from './wizard.ts';

const HEADING = 'Audit';
const hba = 'local all postgres peer\nhost all all 10.0.0.0/8 md5\nhost orders app 10.1.0.0/16 scram-sha-256\n';
const conf = 'listen_addresses = *\nssl = on\n';

const access = (page: Page) => page.getByRole('region', { name: 'Who can connect' });
const dialog = (page: Page) => page.getByRole('dialog');
const findings = (page: Page) => page.getByRole('region', { name: 'Findings' });
const finding = (page: Page, title: string) => findings(page).getByRole('listitem').filter({ hasText: title });

async function applyFix(page: Page, button: Locator): Promise<void> {
  await button.click();
  await dialog(page).getByRole('button', { name: 'Apply fix' }).click();
  await expect(dialog(page)).toHaveCount(0);
}

async function audit(page: Page): Promise<ServerFiles> {
  const files = new ServerFiles(page);
  await files.open('audit', HEADING);
  return files;
}

test('files are opened, and findings are listed by line, most severe first', async ({ page }) => {
  const files = await audit(page);
  await expect(findings(page)).toContainText('Nothing to audit yet');
  await files.add({ 'pg_hba.conf': hba, 'postgresql.conf': 'shared_bufers = 1GB\n' });
  await expect(findings(page)).toContainText('3 rules and 1 setting read.');
  await expect(finding(page, 'An unreachable rule that contradicts the rules above it')).toContainText(
    'pg_hba.conf, line 3',
  );
  await expect(finding(page, 'Unknown setting')).toContainText('did you mean shared_buffers?');
  const first = findings(page)
    .locator('li')
    .filter({ has: page.getByRole('button', { name: /line \d/ }) })
    .first();
  await expect(first).toContainText('High');
  await expect(files.editor().locator('.cm-dead')).toHaveText('host orders app 10.1.0.0/16 scram-sha-256');
  // Without TLS nobody can match it, wherever it stood.
  await files.add({ 'pg_hba.conf': 'hostssl all app all md5\nlocal all all peer\n', 'postgresql.conf': 'ssl = off\n' });
  await expect(files.editor().locator('.cm-dead')).toHaveText('hostssl all app all md5');
});

test('who can connect comes first, the worst on top, with lines that lead to the editor and a link to the map', async ({
  page,
}) => {
  const files = await audit(page);
  await expect(access(page)).toHaveCount(0);
  await files.add({
    'pg_hba.conf': `local all postgres peer
hostssl orders app 10.8.0.0/16 scram-sha-256
host all all 0.0.0.0/0 trust
hostssl reports +analysts 203.0.113.0/24 ldap ldapserver=ldap.example.com ldapprefix=u
`,
  });
  const statements = access(page).getByRole('listitem');
  await expect(statements).toHaveText([
    'No password: Any IPv4 address can connect to all databases as any role without a password, with TLS optional (line 3). Rules above decide some of these connections.',
    /^Private network 10\.8\.0\.0\/16 can connect to orders as app with a password \(scram-sha-256\), over TLS \(line 2\)\.$/,
    'Programs on the server, over the Unix-domain socket, can connect to all databases as postgres after the operating system confirms their account name (peer) (line 1).',
  ]);
  await statements.first().getByRole('button', { name: 'line 3' }).click();
  await expect(files.editor().locator('.cm-activeLine')).toContainText('trust');
  await files.add({ 'postgresql.conf': "listen_addresses = 'localhost'\n" });
  await expect(access(page)).toContainText('The server listens on loopback addresses only');
  await access(page).getByRole('link', { name: 'Show who can connect as a map' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Who can connect' })).toBeVisible();
});

test('a fix shows its lines and whom it affects before it is applied, and the fixed file is copied and downloaded', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const files = await audit(page);
  const rule = 'host     all        all        192.0.2.0/24   scram-sha-256  # office\n';
  await files.add({ 'pg_hba.conf': `local    all        postgres                  peer\n${rule}` });
  await finding(page, 'The superuser can log in from other hosts')
    .getByRole('button', { name: 'Reject the superuser from other hosts' })
    .click();
  await expect(dialog(page)).toContainText('1 newly rejected');
  await expect(dialog(page)).toContainText('Connections by postgres to all databases from 192.0.2.0/24');
  await expect(files.editor()).not.toContainText('reject');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(files.editor()).not.toContainText('reject');
  await applyFix(page, findings(page).getByRole('button', { name: 'Reject the superuser from other hosts' }));
  const bar = page.getByRole('region', { name: 'Files', exact: true });
  await expect(bar).toContainText('One fix applied: Reject the superuser from other hosts.');
  const fixed = `local    all        postgres                  peer\nhost     all,replication postgres all         reject\n${rule}`;
  await bar.getByRole('button', { name: 'Copy pg_hba.conf' }).click();
  await expect(page.getByText('pg_hba.conf copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(fixed);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    bar.getByRole('button', { name: 'Download pg_hba.conf' }).last().click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toBe(fixed);
  await applyFix(
    page,
    finding(page, 'Password authentication without TLS').getByRole('button', { name: 'Require TLS' }),
  );
  await expect(files.editor()).toContainText('hostssl  all        all        192.0.2.0/24   scram-sha-256  # office');
  await expect(bar).toContainText('2 fixes applied. The last one: Require TLS.');
  await bar.getByRole('button', { name: 'Undo last fix' }).click();
  await bar.getByRole('button', { name: 'Undo last fix' }).click();
  await expect(files.editor()).not.toContainText('reject');
  await expect(bar.getByRole('button', { name: 'Undo last fix' })).toHaveCount(0);
});

test('a fix changes only its line, and is undone above the file and by the keyboard', async ({ page }) => {
  const files = await audit(page);
  await files.add({ 'pg_hba.conf': hba });
  await applyFix(
    page,
    finding(page, 'md5 accepts weak password hashes').getByRole('button', { name: 'Require SCRAM' }),
  );
  await expect(files.editor()).toContainText('host all all 10.0.0.0/8 scram-sha-256');
  await expect(finding(page, 'md5 accepts weak password hashes')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo last change in this file' }).click();
  await expect(files.editor()).toContainText('host all all 10.0.0.0/8 md5');
  await expect(finding(page, 'md5 accepts weak password hashes')).toHaveCount(1);
  await page.getByRole('button', { name: 'Redo change in this file' }).click();
  await files.editor().press('Control+z');
  await expect(files.editor()).toContainText('host all all 10.0.0.0/8 md5');
});

test('findings of one rule are one entry with its places, and are fixed together', async ({ page }) => {
  const files = await audit(page);
  const line = (index: number) => `host all u${index} 10.${index}.0.0/16 md5`;
  await files.add({ 'pg_hba.conf': ['local all postgres peer', ...[1, 2, 3, 4, 5, 6].map(line)].join('\n') });
  const entry = finding(page, 'md5 accepts weak password hashes');
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText('6 places');
  await expect(entry.getByRole('button', { name: /^pg_hba\.conf, line \d$/ })).toHaveCount(5);
  await entry.getByRole('button', { name: 'Show all 6 places' }).click();
  await entry.getByRole('button', { name: 'pg_hba.conf, line 7' }).click();
  await expect(files.editor().locator('.cm-activeLine')).toHaveText(line(6));
  await applyFix(page, entry.getByRole('button', { name: 'Require SCRAM: all 6' }));
  await expect(entry).toHaveCount(0);
  await expect(files.editor()).not.toContainText('md5');
  await page.getByRole('button', { name: 'Undo last change in this file' }).click();
  await expect(entry).toContainText('6 places');
});

test('typed text is audited at once, and survives a reload in this tab only', async ({ page, browser }) => {
  const files = await audit(page);
  await files.editor().click();
  await page.keyboard.type('host all all 0.0.0.0/0 trust\n');
  await expect(findings(page)).toContainText('Critical');
  await page.keyboard.type('# postern-ignore-file: no-way-for-the-administrator\n');
  await page.reload();
  await expect(files.editor()).toContainText('host all all 0.0.0.0/0 trust');
  await expect(findings(page)).toContainText('suppressed by comments');
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, location.href, history.state]));
  expect(kept).not.toContain('0.0.0.0/0');
  const other = await (await browser.newContext()).newPage();
  await other.goto('/?view=audit');
  await expect(other.getByRole('region', { name: 'Findings' })).toContainText('Nothing to audit yet');
  await other.context().close();
});

test('a place in the findings leads to its line, in an included file too', async ({ page }) => {
  const files = await audit(page);
  await page.getByLabel('PostgreSQL version').selectOption('16');
  await files.add({ 'pg_hba.conf': 'include conf.d/app.conf\n' });
  await page.getByRole('button', { name: 'Add file' }).click();
  await page.getByLabel('File name, as written in the include directive').fill('conf.d/app.conf');
  await page.keyboard.press('Enter');
  await files.editor('conf.d/app.conf').click();
  await page.keyboard.type('# the application\nhost all all 0.0.0.0/0 trust');
  const place = findings(page).getByRole('button', { name: 'conf.d/app.conf, line 2' }).first();
  await page.locator('label').filter({ hasText: 'postgresql.conf' }).click();
  await expect(files.editor('postgresql.conf')).toBeVisible();
  await place.click();
  await expect(files.editor('conf.d/app.conf')).toBeFocused();
  await expect(files.editor('conf.d/app.conf').locator('.cm-activeLine')).toHaveText('host all all 0.0.0.0/0 trust');
});

test('the report is downloaded as SARIF, Markdown and JSON', async ({ page }) => {
  const files = await audit(page);
  await files.add({ 'pg_hba.conf': hba, 'postgresql.conf': conf });
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
  expect((await saved('Markdown')).text).toContain('md5 accepts weak password hashes');
  expect(JSON.parse((await saved('JSON')).text)).toMatchObject({ files: { 'pg_hba.conf': 'pg_hba.conf' } });
});

test("a link contains the files only if requested, and the user's own are restored", async ({ page, browser }) => {
  const sender = await audit(page);
  await sender.add({ 'pg_hba.conf': 'host zanzibar all 10.0.0.0/8 trust\n' });
  await expect(findings(page)).toContainText('1 rule');
  const bare = await sender.link(false);
  const full = await sender.link(true);
  expect(full.length).toBeGreaterThan(bare.length);

  const receiver = new ServerFiles(await (await browser.newContext()).newPage());
  await receiver.open('audit', HEADING);
  await receiver.add({ 'pg_hba.conf': 'local all all peer\n' });
  await receiver.page.goto(bare);
  await expect(receiver.editor()).toContainText('local all all peer');
  await receiver.page.goto(full);
  await expect(receiver.page.getByText('These files came from a link.')).toBeVisible();
  await expect(receiver.editor()).toContainText('zanzibar');
  expect(new URL(receiver.page.url()).hash).toBe('');
  await receiver.page.getByRole('button', { name: 'Back to my files' }).click();
  await expect(receiver.editor()).toHaveText('local all all peer');
  await receiver.page.goto(`${full.slice(0, -9)}`);
  await expect(receiver.page.getByText(/The link is damaged/)).toBeVisible();
  await expect(receiver.editor()).toContainText('local all all peer');
  await receiver.page.context().close();
});

test('a file of 5,000 lines has its findings, and typing continues while they are computed', async ({ page }) => {
  const files = await audit(page);
  await files.add({ 'pg_hba.conf': LARGE });
  await expect(findings(page)).toContainText('4,500 rules');
  await expect(access(page).getByRole('listitem')).toHaveCount(6);
  await files.editor().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('host all all 0.0.0.0/0 trust\n');
  await expect(files.editor().locator('.cm-line').first()).toHaveText('host all all 0.0.0.0/0 trust');
  await expect(findings(page)).toContainText('4,501 rules');
  await expect(access(page).getByRole('listitem').first()).toContainText(
    'Any IPv4 address can connect to all databases as any role without a password',
  );
  await expect(finding(page, 'trust').first()).toContainText('pg_hba.conf, line 1');
});

test('a fix that typing has superseded changes nothing, and says so', async ({ page }) => {
  const files = await audit(page);
  const large = Array.from({ length: 10 }, (_, copy) => LARGE.replaceAll('db', `c${copy}_`)).join('\n');
  await files.add({ 'pg_hba.conf': `host all all 10.0.0.0/8 trust\n${large}` });
  const fixButton = findings(page).getByRole('button', { name: 'Require a password (SCRAM)' }).first();
  // 50,000 lines, which take long where other tests share the processors.
  await expect(fixButton).toBeVisible({ timeout: 120_000 });
  await files.editor().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('#');
  await fixButton.click();
  await expect(page.getByText('No fix applied: the files changed after this finding was reported.')).toBeVisible();
  await expect(files.editor().locator('.cm-line').first()).toHaveText('#host all all 10.0.0.0/8 trust');
});

test('a fix that fails says why, changes nothing, and works when it is retried', async ({ page }) => {
  const files = await audit(page);
  // Simulates a fault in the engine that only the fix sets off.
  await page.route('**/engine.worker-*.js', async (route) => {
    const response = await route.fetch();
    const broken = `addEventListener('message', ({ data }) => {
      if (JSON.stringify(data)?.includes('"previewFix"')) throw new Error('no such line');
    });\n`;
    await route.fulfill({ response, body: broken + (await response.text()) });
  });
  await page.reload();
  await files.add({ 'pg_hba.conf': hba });
  const fix = finding(page, 'md5 accepts weak password hashes').getByRole('button', { name: 'Require SCRAM' });
  await fix.click();
  await expect(page.getByText(/Unexpected error in Postern: .*no such line/).first()).toBeVisible();
  await expect(files.editor()).toContainText('host all all 10.0.0.0/8 md5');
  await expect(dialog(page).getByRole('button', { name: 'Apply fix' })).toBeDisabled();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(fix).toBeFocused();
  await page.unroute('**/engine.worker-*.js');
  await applyFix(page, fix);
  await expect(files.editor()).toContainText('host all all 10.0.0.0/8 scram-sha-256');
});

test('a file that the browser fails to read is reported, and the others are added', async ({ page }) => {
  const files = await audit(page);
  // As of a folder that is dropped, or a file that was deleted after it was chosen.
  await page.evaluate(() => {
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = function (this: Blob) {
      if (this instanceof File && this.name === 'postgresql.conf')
        return Promise.reject(new DOMException('gone', 'NotReadableError'));
      return arrayBuffer.call(this);
    };
  });
  await files.add({ 'postgresql.conf': conf, 'pg_hba.conf': hba });
  await expect(page.getByRole('alert')).toContainText("Can't read postgresql.conf.");
  await expect(findings(page)).toContainText('3 rules and 0 settings read.');
});

test('a long audit is shown as such, and can be stopped and started again', async ({ page }) => {
  const files = await audit(page);
  await files.add({
    'pg_hba.conf': Array.from({ length: 12 }, (_, copy) => LARGE.replaceAll('db', `c${copy}_`)).join('\n'),
  });
  await expect(findings(page).getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(findings(page)).toContainText('Stopped before the result was ready.');
  await files.add({ 'pg_hba.conf': hba });
  await expect(findings(page)).toContainText('3 rules');
});

test('a file that is not a configuration file gets an answer, whatever it contains', async ({ page }) => {
  const files = await audit(page);
  await files.add({ 'pg_hba.conf': '\0'.repeat(2000) });
  await expect(findings(page)).toContainText('High');
  await files.add({ 'pg_hba.conf': 'x'.repeat(17 * 1024 * 1024) });
  await expect(page.getByRole('alert')).toContainText('The limit is 16 MB.');
});

test('the dialog says what is proven, and a fix that is not proven is withheld with the reason', async ({ page }) => {
  const files = await audit(page);
  await files.add({ 'pg_hba.conf': 'local all all peer\nhost all all 0.0.0.0/0 trust\n' });
  const superuser = finding(page, 'The superuser can log in from other hosts');
  await expect(superuser).toContainText('No fix is offered here. The fixed file would have another finding');
  await findings(page).getByRole('button', { name: 'Require a password (SCRAM)' }).click();
  await expect(dialog(page)).toContainText('Proven: No connection is allowed that was rejected before');
  await expect(dialog(page)).toContainText('Still found after this fix: Password authentication without TLS.');
  await dialog(page).getByRole('button', { name: 'Apply fix' }).click();
  await applyFix(page, superuser.getByRole('button', { name: 'Reject the superuser from other hosts' }));
  await expect(files.editor()).toContainText('host all postgres 127.0.0.0/8 scram-sha-256');
});

test('the superuser has the name that is entered', async ({ page }) => {
  const files = await audit(page);
  await files.add({ 'pg_hba.conf': 'local all app peer\n' });
  await expect(finding(page, "The administrator can't connect locally")).toContainText(
    'enter that name as the superuser',
  );
  await page.getByText('Advanced', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Superuser' }).fill('app');
  await expect(finding(page, "The administrator can't connect locally")).toHaveCount(0);
});

test('the CIS report names the lines and leads to them', async ({ page }) => {
  const files = await audit(page);
  await files.add({ 'pg_hba.conf': hba, 'postgresql.conf': "listen_addresses = '*'\nssl = on\n" });
  await page.getByText('CIS Benchmark', { exact: true }).click();
  const violated = page.getByRole('region', { name: /^Violated/ });
  await expect(violated).toContainText('5.2 The server listens on named addresses');
  await expect(page.getByRole('region', { name: /^Satisfied/ })).toContainText('6.8 TLS is on');
  await expectAccessible(page, { state: 'the CIS report' });
  await violated.getByRole('button', { name: 'pg_hba.conf, line 2' }).click();
  await expect(files.editor().locator('.cm-activeLine')).toContainText('host all all 10.0.0.0/8 md5');
});

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      await audit(page);
      await page.getByRole('button', { name: 'Load example' }).click();
      await expect(findings(page)).toContainText('critical');
      await findings(page).getByText('Why it matters').first().click();
      await expectAccessible(page);
      const fix = findings(page).getByRole('button', { name: 'Reject the superuser from other hosts' });
      await fix.click();
      await expect(dialog(page)).toContainText('1 newly rejected');
      await expectAccessible(page, { state: 'a fix before it is applied' });
      await dialog(page).getByRole('button', { name: 'Apply fix' }).click();
      await expect(page.getByText('One fix applied')).toBeVisible();
      await expectAccessible(page, { state: 'a fix that was applied' });
    });
  });
}

test('the upgrade check lists what another version rejects and changes, and its fixes apply', async ({ page }) => {
  const files = await audit(page);
  const section = page.getByRole('region', { name: 'Upgrade check' });
  await expect(section).toHaveCount(0);
  await files.add({
    'pg_hba.conf': 'local all all peer\nhost all all 10.0.0.0/8 radius radiusservers=10.0.0.9 radiussecrets=x\n',
    'postgresql.conf': 'io_workers = 3\nport = 5432\n',
  });
  await section.getByLabel('Target version').selectOption('19');
  await expect(section).toContainText('2 differences keep PostgreSQL 19 from starting');
  const found = (title: string) => section.getByRole('listitem').filter({ hasText: title });
  await expect(found('rejects a rule of pg_hba.conf')).toContainText('invalid authentication method "radius"');
  await expect(found('The default of a setting changes')).toContainText('jit is not set. Its default was on');
  await expect(section).not.toContainText('postern-ignore');
  await applyFix(page, found('does not know a setting').getByRole('button', { name: 'Delete this line' }));
  await expect(section).toContainText('One difference keeps PostgreSQL 19 from starting');
  await applyFix(page, found('The default of a setting changes').getByRole('button', { name: 'Keep jit = on' }));
  await expect(found('The default of a setting changes')).not.toContainText('jit is not set');
  await section.getByLabel('Target version').selectOption('17');
  await expect(section).toContainText('None of the differences keeps PostgreSQL 17 from starting');
  await expectAccessible(page);
});

test('pg_hosts.conf is recognized, and its lock-out and wildcard are found', async ({ page }) => {
  const files = await audit(page);
  await files.add({
    'pg_hosts.conf': '*.example.com wildcard.crt wildcard.key\n',
    'postgresql.conf': 'ssl_sni = on\n',
  });
  await page.getByLabel('PostgreSQL version').selectOption('19');
  await expect(finding(page, 'pg_hosts.conf rejects clients without a host name')).toContainText('by IP address');
  await expect(finding(page, 'has a name that no client sends')).toContainText('pg_hosts.conf, line 1');
  await expect(finding(page, 'Certificates by host name')).toContainText('rejected during the handshake');
});

test('undo in the editor, and on this screen, leaves the plan as it is', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Server');
  await wizard.field('DNS name').fill('other.postern.test');
  await page.getByRole('link', { name: 'Inspect' }).click();
  const files = new ServerFiles(page);
  await expect(page.getByRole('heading', { level: 1, name: HEADING })).toBeVisible();
  await files.add({ 'pg_hba.conf': hba });
  await files.editor().click();
  await page.keyboard.type('# typed');
  await expect(files.editor()).toContainText('# typed');
  await page.keyboard.press('Control+z');
  await expect(files.editor()).not.toContainText('# typed');
  await page.keyboard.press('Control+z');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Undo' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('link', { name: 'Plan', exact: true }).click();
  await expect(wizard.field('DNS name')).toHaveValue('other.postern.test');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Control+z');
  await expect(wizard.field('DNS name')).not.toHaveValue('other.postern.test');
});
