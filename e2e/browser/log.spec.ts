import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, views } from './accessible.ts';
import { ServerFiles } from './server-files.ts';

const open = (page: Page) => new ServerFiles(page).open('log', 'Which rules are used?');
const rules = (page: Page) => page.getByRole('list', { name: 'Rules and their use' });

const HBA = `local all postgres peer
hostssl shop app 10.8.0.0/16 scram-sha-256
host all all 10.0.0.0/8 scram-sha-256  # everyone
host old old 192.168.0.0/16 md5
`;

/** The lines of one connection, as 16 logs them. */
const connected = (pid: number, user: string, database: string, host: string, line: number) =>
  [
    `connection received: host=${host} port=41022`,
    `connection authenticated: identity="${user}" method=scram-sha-256 (/etc/postgresql/16/main/pg_hba.conf:${line})`,
    `connection authorized: user=${user} database=${database} SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)`,
  ]
    .map((message) => `2026-11-25 00:10:00.123 UTC [${pid}] LOG:  ${message}\n`)
    .join('');
const failed = (pid: number, host: string, user: string) =>
  `2026-11-25 00:11:00.123 UTC [${pid}] LOG:  connection received: host=${host} port=41022\n2026-11-25 00:11:00.123 UTC [${pid}] FATAL:  password authentication failed for user "${user}"\n`;

const LOG = [
  ...[1, 2, 3].map((pid) => connected(pid, 'app', 'shop', '10.8.0.7', 2)),
  connected(4, 'ana', 'wiki', '10.1.2.3', 3),
  ...[...Array(12)].map((_, at) => failed(100 + at, '10.66.0.9', `user${at}`)),
].join('');

const addLog = (page: Page, files: Readonly<Record<string, Buffer>>) =>
  page
    .getByLabel('Log files')
    .setInputFiles(Object.entries(files).map(([name, buffer]) => ({ name, mimeType: 'text/plain', buffer })));

test('rules are shown with their use, a narrower one replaces a wide one, and that is undone', async ({ page }) => {
  await open(page);
  await new ServerFiles(page).add({ 'pg_hba.conf': HBA });
  await addLog(page, { 'postgresql.log': Buffer.from(LOG) });
  await expect(page.getByText('4 connections and 12 failed attempts in 36 log entries.')).toBeVisible();
  await expect(rules(page).getByRole('listitem').nth(1)).toContainText('3 connections');
  await expect(rules(page).getByRole('listitem').nth(3)).toContainText('Never used');
  await expect(page.getByText('Guesses passwords')).toBeVisible();

  await page.getByRole('button', { name: 'Narrower rule line 3' }).click();
  await expect(page.getByText('hostssl wiki ana 10.1.2.3/32 scram-sha-256')).toBeVisible();
  await page.getByRole('button', { name: 'Replace rule' }).click();
  await expect(page.getByText('Line 3 changed.').first()).toBeVisible();
  await expect(rules(page)).toContainText('hostssl wiki ana 10.1.2.3/32 scram-sha-256 # everyone');
  await page.getByRole('main').getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(rules(page)).not.toContainText('hostssl wiki');
});

test('compressed files are read, and a log that lacks something says which setting is missing', async ({ page }) => {
  await open(page);
  await addLog(page, { 'postgresql.log.1.gz': gzipSync('LOG:  checkpoint starting: time\n'.repeat(50)) });
  await expect(page.getByText('0 connections and 0 failed attempts in 50 log entries.')).toBeVisible();
  await expect(page.getByText(/^Connections aren't logged\. Set log_connections = on/)).toBeVisible();
  await expect(page.getByText('Open pg_hba.conf above to see which of its rules were used.')).toBeVisible();
  await page.getByRole('button', { name: 'Close log' }).click();
  await expect(page.getByText(/^Drop log files here/)).toBeVisible();
});

test('20 MB are read with progress, and reading can be stopped', async ({ page }) => {
  await open(page);
  const much = Buffer.from(LOG.repeat(Math.ceil(20_000_000 / LOG.length)));
  await addLog(page, { 'postgresql.log': much });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText(/^Drop log files here/)).toBeVisible();
  await addLog(page, { 'postgresql.log': much });
  await expect(page.getByRole('progressbar', { name: 'Reading the log' })).toBeVisible();
  await expect(page.getByText(/^[\d,]+ connections and/)).toBeVisible({ timeout: 60_000 });
});

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      await open(page);
      await expectAccessible(page);
      await new ServerFiles(page).add({ 'pg_hba.conf': HBA });
      await addLog(page, { 'postgresql.log': Buffer.from(LOG) });
      await page.getByRole('button', { name: 'Narrower rule line 3' }).click();
      await expect(page.getByRole('button', { name: 'Replace rule' })).toBeVisible();
      await expectAccessible(page);
    });
  });
}
