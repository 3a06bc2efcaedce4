import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { ServerFiles } from './server-files.ts';
import { Wizard } from './wizard.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

const HBA = '# Zo\xeb and Jos\xe9\r\nlocal all postgres peer\r\nhost caf\xe9 jos\xe9 10.0.0.0/8 md5';

interface Given {
  readonly called: string;
  readonly bytes: Buffer;
  /** The text of the notice. */
  readonly says: string;
  /** A line of the editor, as it is shown. */
  readonly shows: string;
}

const encodings: readonly Given[] = [
  {
    called: 'Latin-1',
    bytes: latin1(HBA),
    says: 'pg_hba.conf has 4 bytes that aren’t valid UTF-8, first \\xEB on line 1.',
    shows: 'host caf\\xE9 jos\\xE9 10.0.0.0/8 md5',
  },
  {
    called: 'a byte order mark',
    bytes: Buffer.from('\ufefflocal all postgres peer\r\nhost all all 10.0.0.0/8 md5\r\n'),
    says: 'pg_hba.conf starts with a UTF-8 byte order mark (bytes EF BB BF). PostgreSQL reads it as part of the first line and rejects the file',
    shows: '\\xEF\\xBB\\xBFlocal all postgres peer',
  },
  {
    called: 'UTF-16',
    bytes: utf16('\ufefflocal all postgres peer\r\nhost all all 10.0.0.0/8 md5\r\n'),
    says: 'pg_hba.conf is encoded in UTF-16. PostgreSQL reads each byte as a character and rejects the file',
    shows: '\\xFF\\xFEl␀o␀c␀a␀l␀',
  },
];

const bar = (page: Page) => page.getByRole('region', { name: 'Files to inspect' });

async function audit(page: Page): Promise<ServerFiles> {
  const files = new ServerFiles(page);
  await files.open('audit', 'Audit');
  return files;
}

/** Drops files as they come from the desktop. */
async function drop(page: Page, target: ReturnType<Page['locator']>, name: string, bytes: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([called, numbers]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(numbers)], called, { type: 'text/plain' }));
      return transfer;
    },
    [name, [...bytes]] as const,
  );
  await target.dispatchEvent('drop', { dataTransfer });
}

async function downloaded(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return readFile(await download.path());
}

const waysToAdd = {
  'the file chooser': (page: Page, bytes: Buffer) =>
    page.getByLabel('Server files').setInputFiles({ name: 'pg_hba.conf', mimeType: 'text/plain', buffer: bytes }),
  'a drop on the bar': (page: Page, bytes: Buffer) => drop(page, bar(page), 'pg_hba.conf', bytes),
  'a drop on the editor': (page: Page, bytes: Buffer) =>
    drop(page, new ServerFiles(page).editor(), 'pg_hba.conf', bytes),
} as const;

for (const [way, add] of Object.entries(waysToAdd)) {
  for (const { called, bytes, says, shows } of encodings) {
    test(`a file with ${called} comes by ${way}, is shown as the server reads it, and goes out byte for byte`, async ({
      page,
    }) => {
      const files = await audit(page);
      await add(page, bytes);
      await expect(bar(page).getByRole('status').filter({ hasText: says })).toBeVisible();
      await expect(files.editor()).toContainText(shows);
      expect(await downloaded(page, 'Download pg_hba.conf')).toEqual(bytes);

      // Only the line that is typed changes.
      await files.editor().click();
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText('# typed: é');
      const edited = Buffer.concat([bytes, Buffer.from('# typed: é')]);
      expect(await downloaded(page, 'Download pg_hba.conf')).toEqual(edited);

      // The tab keeps the bytes too.
      await page.waitForFunction(() => sessionStorage.getItem('postern.files')?.includes('# typed') ?? false);
      await page.reload();
      await expect(files.editor()).toContainText('# typed: é');
      expect(await downloaded(page, 'Download pg_hba.conf')).toEqual(edited);
    });
  }
}

test('an edit in the middle preserves the bytes before and after it', async ({ page }) => {
  const files = await audit(page);
  await files.add({ 'pg_hba.conf': '' });
  await waysToAdd['the file chooser'](page, latin1(HBA));
  await files.editor().getByText('local all postgres peer').click();
  await page.keyboard.press('Home');
  await page.keyboard.insertText('# ');
  expect(await downloaded(page, 'Download pg_hba.conf')).toEqual(latin1(HBA.replace('local', '# local')));
});

test('a link with the texts preserves the bytes in another browser', async ({ page, browser }) => {
  const files = await audit(page);
  await waysToAdd['the file chooser'](page, latin1(HBA));
  const link = await files.link(true);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect(new ServerFiles(other).editor()).toContainText('caf\\xE9');
  expect(await downloaded(other, 'Download pg_hba.conf')).toEqual(latin1(HBA));
  await elsewhere.close();
});

test('a byte order mark is removed and UTF-16 converted on request, and both can be undone', async ({ page }) => {
  const files = await audit(page);
  const text = 'local all postgres peer\r\nhost all all 10.0.0.0/8 md5\r\n';
  for (const [button, bytes] of [
    ['Remove the byte order mark', Buffer.from(`\ufeff${text}`)],
    ['Convert to UTF-8', utf16(`\ufeff${text}`)],
    ['Convert to UTF-8', utf16(`\ufeff${text}`).swap16()],
  ] as const) {
    await waysToAdd['the file chooser'](page, bytes);
    await bar(page).getByRole('button', { name: button }).click();
    await expect(bar(page).getByRole('button', { name: button })).toHaveCount(0);
    expect(await downloaded(page, 'Download pg_hba.conf')).toEqual(Buffer.from(text));
    await page.getByRole('button', { name: 'Undo last change in this file' }).click();
    expect(await downloaded(page, 'Download pg_hba.conf')).toEqual(bytes);
  }
  await expect(files.editor()).toContainText('\\xFE\\xFF');
});

test('several files are read as bytes at once, an included one too, and findings show the bytes', async ({ page }) => {
  const files = await audit(page);
  await page.getByLabel('PostgreSQL version').selectOption('16');
  await page.getByLabel('Server files').setInputFiles([
    {
      name: 'pg_hba.conf',
      mimeType: 'text/plain',
      buffer: latin1('local all all peer\nhost caf\xe9 all 10.0.0.0/8 md4\n'),
    },
    { name: 'postgresql.conf', mimeType: 'text/plain', buffer: Buffer.from('\ufeff# settings\nssl = on\n') },
    { name: 'names', mimeType: 'text/plain', buffer: latin1('jos\xe9\n') },
  ]);
  await expect(
    bar(page).getByText('pg_hba.conf has 1 byte that isn’t valid UTF-8, first \\xE9 on line 2.'),
  ).toBeVisible();
  await expect(bar(page).getByText('postgresql.conf starts with a UTF-8 byte order mark')).toBeVisible();
  await expect(bar(page).getByText('names has 1 byte that isn’t valid UTF-8, first \\xE9 on line 1.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText('syntax error in file');
  await bar(page).getByRole('button', { name: 'Show line 2' }).click();
  await expect(files.editor().locator('.cm-activeLine')).toContainText('caf\\xE9');
});

test('copying bytes that the clipboard does not support shows a notice', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const files = await audit(page);
  await waysToAdd['the file chooser'](page, latin1(HBA));
  await files.editor().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await expect(page.getByText('bytes that aren’t valid UTF-8 were copied as')).toBeVisible();
});

test('the second file of a comparison keeps its bytes, opened and dropped on its editor', async ({ page }) => {
  await page.goto('/?view=compare');
  const files = new ServerFiles(page);
  await files.add({ 'pg_hba.conf': 'local all all peer\nhost cafe jose 10.0.0.0/8 md5\n' });
  const sides = page.getByRole('region', { name: 'Files to compare' });
  await page
    .getByLabel('The second pg_hba.conf', { exact: true })
    .setInputFiles({ name: 'new.conf', mimeType: 'text/plain', buffer: latin1(HBA) });
  await expect(sides.getByText('The second pg_hba.conf has 4 bytes that aren’t valid UTF-8')).toBeVisible();
  expect(await downloaded(page, 'Download second file')).toEqual(latin1(HBA));
  await expect(page.getByRole('region', { name: 'Access differences' })).toContainText('caf\\xE9');

  const marked = Buffer.from('\ufefflocal all all peer\n');
  await drop(page, page.getByRole('textbox', { name: 'After: the second pg_hba.conf' }), 'other.conf', marked);
  await expect(sides.getByText('The second pg_hba.conf starts with a UTF-8 byte order mark')).toBeVisible();
  expect(await downloaded(page, 'Download second file')).toEqual(marked);
});

test('a plan file that is not UTF-8 is rejected, with the line, and one with a byte order mark opens', async ({
  page,
}) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Bastion');
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  const chooser = page.getByLabel('Plan file').and(page.locator('input'));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download plan' }).click(),
  ]);
  const plan = await readFile(await download.path());
  const open = (buffer: Buffer) => chooser.setInputFiles({ name: 'plan.json', mimeType: 'application/json', buffer });
  await open(Buffer.concat([Buffer.from('{\n'), latin1('"caf\xe9": 1, '), plan.subarray(1)]));
  await expect(page.getByRole('alert').filter({ hasText: 'plan.json isn’t valid UTF-8 (line 2)' })).toBeVisible();
  await open(Buffer.concat([Buffer.from('\ufeff'), plan]));
  await expect(page.getByText('plan.json is open as a new plan.')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'isn’t valid UTF-8' })).toHaveCount(0);
});
