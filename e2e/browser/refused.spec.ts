import { expect, type Page, test } from '@playwright/test';
import { causes } from '../../app/core/index.ts';
import { expectAccessible, views } from './accessible.ts';
import { LARGE, ServerFiles } from './server-files.ts';

const open = (page: Page) => new ServerFiles(page).open('refusal', 'Troubleshoot a connection error');
const addFiles = (page: Page, files: Readonly<Record<string, string>>) => new ServerFiles(page).add(files);
const message = (page: Page) => page.getByRole('textbox', { name: 'Error message or log' });
const status = (page: Page) => page.getByRole('main').getByRole('status').filter({ hasText: /\S/ }).first();
const cause = (page: Page, title: string) => page.getByRole('article', { name: title });
const titleOf = (id: string) => causes.find((one) => one.id === id)?.title ?? id;
const reached = (page: Page) => page.getByRole('list', { name: 'Where the connection failed' });
const against = (page: Page) => page.getByRole('region', { name: 'Check against pg_hba.conf' });

const hba = `local   all      all                    peer
hostssl orders   app     10.8.0.0/16    scram-sha-256
host    all      all     0.0.0.0/0      reject
`;
const refusal = (host: string, how: string, user = 'app') =>
  `psql: error: connection to server at "db.postern.test" (198.18.113.7), port 5432 failed: FATAL:  pg_hba.conf rejects connection for host "${host}", user "${user}", database "orders", ${how}`;

/** A message as people paste it, the cause that is named, the layer, and something that helps. */
const mistakes: readonly (readonly [name: string, text: string, id: string, layer: string, help: RegExp])[] = [
  [
    'a client without TLS, 11 to 13',
    'FATAL:  no pg_hba.conf entry for host "198.18.113.9", user "app", database "app", SSL off',
    'no-entry-without-tls',
    'Rule',
    /sslmode=require/,
  ],
  [
    'another address, 14 and later',
    'FATAL:  no pg_hba.conf entry for host "172.17.0.1", user "app", database "app", SSL encryption',
    'no-entry',
    'Rule',
    /Docker/,
  ],
  [
    'a client over IPv6',
    'FATAL:  no pg_hba.conf entry for host "fd0c::9", user "app", database "app", no encryption',
    'no-entry-ipv6',
    'Rule',
    /IPv6/,
  ],
  [
    'an address without its length',
    'LOG:  invalid IP mask "md5": Name or service not known\nCONTEXT:  line 4 of configuration file "pg_hba.conf"',
    'address-without-mask',
    'Rule',
    /\/32/,
  ],
  [
    'a name with a length',
    'LOG:  specifying both host name and CIDR mask is invalid: "host.example/32"',
    'name-with-mask',
    'Rule',
    /name/,
  ],
  [
    'nobody listens, 14 and later',
    'psql: error: connection to server at "db.postern.test" (198.18.113.7), port 5432 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?',
    'connection-refused',
    'Socket',
    /listen_addresses/,
  ],
  [
    'an address that is not the server’s',
    'LOG:  could not bind IPv4 address "198.18.113.7": Cannot assign requested address\nFATAL:  could not create any TCP/IP sockets',
    'address-not-own',
    'Socket',
    /listen_addresses/,
  ],
  ['a firewall that drops', 'psql: error: timeout expired', 'timed-out', 'Firewall', /tcpdump/],
  [
    'a port of Docker',
    '4b1d  postgres:16  Up 2 days  0.0.0.0:5432->5432/tcp  db',
    'docker-published-port',
    'Firewall',
    /DOCKER-USER|127\.0\.0\.1/,
  ],
  [
    'all is not replication',
    'FATAL:  no pg_hba.conf entry for replication connection from host "198.18.113.9", user "replicator", no encryption',
    'no-entry-replication',
    'Rule',
    /replication/,
  ],
  [
    'peer',
    'FATAL:  Peer authentication failed for user "postgres"',
    'peer-failed',
    'Authentication method',
    /trust|account|-h/,
  ],
  [
    'ident',
    'FATAL:  Ident authentication failed for user "app"',
    'ident-failed',
    'Authentication method',
    /scram-sha-256/,
  ],
  [
    'a client too old',
    'psql: SCRAM authentication requires libpq version 10 or above',
    'client-too-old',
    'Authentication method',
    /libpq 10/,
  ],
  [
    'a secret of md5',
    'FATAL:  password authentication failed for user "app"\nDETAIL:  User "app" does not have a valid SCRAM verifier.',
    'md5-secret',
    'Password',
    /password/,
  ],
  [
    'a reload that was refused',
    'LOG:  /etc/postgresql/16/main/pg_hba.conf was not reloaded',
    'file-not-loaded',
    'Rule',
    /pg_hba_file_rules|reload/,
  ],
  [
    'a rule that is not the intended one',
    'DETAIL:  Connection matched pg_hba.conf line 7: "host all all all scram-sha-256"',
    'matched-record',
    'Rule',
    /above/,
  ],
];

test('common mistakes are identified, with layer and fix', async ({ page }) => {
  await open(page);
  for (const [name, text, id, layer, help] of mistakes) {
    await test.step(name, async () => {
      await message(page).fill(text);
      await expect(cause(page, titleOf(id))).toBeVisible();
      await expect(
        reached(page).getByRole('heading', { name: new RegExp(`^${layer} (stopped|it depends)`) }),
      ).toBeVisible();
      await expect(cause(page, titleOf(id))).toContainText(help);
    });
  }
});

test('an empty field and an unknown text say what to do', async ({ page }) => {
  await open(page);
  await expect(status(page)).toHaveText('Paste a message, or select an example.');
  await message(page).fill('the coffee machine is broken');
  await expect(status(page)).toContainText("This text isn't recognized.");
  await expect(status(page)).toContainText('lines of the server log from the time of the attempt');
  await message(page).fill('x'.repeat(70_000));
  await expect(page.getByRole('alert').filter({ hasText: 'last 64 kB' })).toBeVisible();
});

test('what the text cannot tell is left open, with a way to find out', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Connection refused' }).click();
  await expect(page.getByRole('article')).toContainText('Possible causes');
  await expect(page.getByRole('article')).toContainText('How to check:');
  await expect(reached(page)).toContainText('depends');
});

test('a message is checked against the file: the matching rule, the skipped rules, and a new rule that is inserted and undone', async ({
  page,
}) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': hba });
  await message(page).fill(refusal('10.9.0.7', 'SSL encryption', 'ana'));
  await expect(against(page)).toContainText('Line 3 says reject, and it is the first rule that matches.');
  await expect(against(page)).toContainText('10.8.0.0/16 does not contain 10.9.0.7.');
  const edit = page.getByRole('list', { name: 'File with the new line' });
  await expect(edit.getByRole('listitem').filter({ hasText: 'New line:' })).toContainText(
    'hostssl orders ana 10.9.0.7/32 scram-sha-256',
  );
  await expect(against(page)).toContainText('10.9.0.7/32');
  await page.getByRole('button', { name: 'Insert rule' }).click();
  await expect(against(page)).toContainText('So the server has not loaded this file');
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(against(page)).toContainText('Line 3 says reject');

  await page.getByRole('button', { name: 'Insert rule' }).click();
  await page.getByRole('button', { name: 'Show in the editor' }).click();
  const editor = new ServerFiles(page).editor();
  await expect(editor).toContainText('hostssl orders ana 10.9.0.7/32 scram-sha-256');
  await page.getByRole('button', { name: 'Undo last change in this file' }).click();
  await expect(editor).not.toContainText('ana');
});

test('a client that needs only TLS is advised to use it, and no rule is inserted', async ({ page }) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': hba, 'postgresql.conf': '#ssl = on\n' });
  await message(page).fill(refusal('10.8.0.7', 'no encryption'));
  await expect(against(page)).toContainText('sslmode=require');
  await expect(against(page)).toContainText('ssl = on');
  await expect(page.getByRole('button', { name: 'Insert rule' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Trace this connection' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Trace a connection' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Source address' })).toHaveValue('10.8.0.7');
});

test('what is not the verdict is listed apart, and commands can be copied', async ({ page }) => {
  await open(page);
  await message(page).fill(
    'psql: error: connection to server at "db.postern.test" (198.18.113.7), port 5432 failed: FATAL:  role "ana" does not exist\n2026-11-25 00:10:00 UTC [17] FATAL:  Peer authentication failed for user "backup"',
  );
  await expect(cause(page, titleOf('role-missing'))).toContainText('Printed by the client:');
  await expect(cause(page, titleOf('role-missing'))).toContainText('CREATE ROLE "ana" LOGIN;');
  await expect(cause(page, titleOf('peer-failed'))).toHaveCount(0);
  await page.getByText('Also in this text (1)').click();
  await expect(page.getByText('It is about another user.')).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy: In psql on the server, as a superuser' }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('CREATE ROLE "ana" LOGIN;');
});

test('a managed service is recognized, and no rule is offered that nobody can add', async ({ page }) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': hba });
  await message(page).fill(
    'psql: error: connection to server at "shop.postgres.database.azure.com" (203.0.113.9), port 5432 failed: FATAL:  no pg_hba.conf entry for host "198.18.3.7", user "ana", database "orders", SSL encryption',
  );
  await expect(
    page.getByText("The server belongs to Azure Database for PostgreSQL, where pg_hba.conf can't be edited."),
  ).toBeVisible();
  await expect(page.getByRole('article')).toContainText('firewall rule');
  await expect(page.getByRole('button', { name: 'Insert rule' })).toHaveCount(0);
});

test('the line that the log names is looked up in the file', async ({ page }) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': hba });
  const log = (line: number) =>
    `DETAIL:  Connection matched pg_hba.conf line ${line}: "host    all      all     0.0.0.0/0      reject"`;
  await message(page).fill(log(3));
  await expect(page.getByText('The file has this rule on that line.')).toBeVisible();
  await message(page).fill(log(2));
  await expect(page.getByText('The file has a different rule on that line')).toBeVisible();
});

test('the plan’s files are looked at as well, and are fixed in the plan', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: 'Generated files' }).check();
  await message(page).fill(refusal('198.18.2.99', 'SSL encryption', 'stranger'));
  await expect(against(page)).toContainText('says reject, and it is the first rule that matches');
  await page.getByRole('button', { name: 'Go to Clients' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Who connects?' })).toBeVisible();
});

test('the link carries message and files only when asked to', async ({ page, browser }) => {
  const files = new ServerFiles(page);
  await open(page);
  await addFiles(page, { 'pg_hba.conf': hba });
  await message(page).fill(refusal('10.9.0.7', 'SSL encryption', '<b>ana</b>'));
  await expect(against(page)).toContainText('<b>ana</b>');
  const [without, withTexts] = [await files.link(false), await files.link(true)];
  for (const [link, text] of [
    [without, ''],
    [withTexts, refusal('10.9.0.7', 'SSL encryption', '<b>ana</b>')],
  ] as const) {
    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(link);
    await expect(message(other)).toHaveValue(text);
    if (text !== '') await expect(against(other)).toContainText('Line 3 says reject');
    await context.close();
  }
});

test('5,000 lines are answered', async ({ page }) => {
  await open(page);
  await addFiles(page, { 'pg_hba.conf': `${LARGE}\n${hba}` });
  await message(page).fill(refusal('10.9.0.7', 'SSL encryption', 'ana'));
  await expect(against(page)).toContainText('Line 5003 says reject', { timeout: 60_000 });
  await expect(page.getByRole('list', { name: 'File with the new line' })).toContainText('ana');
});

test('it is usable with only the keyboard', async ({ page }) => {
  await open(page);
  await message(page).focus();
  await page.keyboard.insertText('FATAL:  Peer authentication failed for user "postgres"');
  await expect(page.getByRole('article')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(message(page)).toHaveValue('');
  await expect(message(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(message(page)).not.toHaveValue('');
});

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      await open(page);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Load example' }).click();
      await page.getByRole('button', { name: 'Rejected by a rule' }).click();
      await expect(page.getByRole('button', { name: 'Insert rule' })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Password rejected' }).click();
      await expect(cause(page, titleOf('md5-secret'))).toBeVisible();
      await expectAccessible(page);
    });
  });
}
