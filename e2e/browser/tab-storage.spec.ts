import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { ServerFiles } from './server-files.ts';

const KEY = 'postern.files';
const SCREENS = ['audit', 'connection', 'map', 'compare', 'import', 'refused', 'log'];

const files = (hba: string) => [
  { name: 'pg_hba.conf', text: hba },
  { name: 'postgresql.conf', text: '' },
];
const state = { major: 18, files: files('local all all peer\n'), other: '', source: 'files', kept: null };
const saved = (change: object): string => JSON.stringify({ state: { ...state, ...change }, version: 1 });

/** Contents of the tab's storage left by other programs on the same origin, other versions or damage. */
const damaged: Readonly<Record<string, string>> = {
  'no JSON': '{"state":',
  'another value': '[1,2]',
  'a number': '7',
  'a state of another shape': JSON.stringify({ state: 'x', version: 1 }),
  'no second file': saved({ other: null }),
  'a second file that is no text': saved({ other: { length: 1 } }),
  'a version that PostgreSQL does not have': saved({ major: 99 }),
  'files without the two': saved({ files: [] }),
  'the same file twice': saved({ files: [...files('a'), ...files('b')] }),
  'a source that does not exist': saved({ source: 'elsewhere' }),
  'kept files of another shape': saved({ kept: { files: 1 } }),
  'another version of Postern': JSON.stringify({ state, version: 2 }),
};

/** Puts a text into the tab's storage before the page first looks. */
async function leave(page: Page, text: string): Promise<void> {
  await page.addInitScript(
    ([key, value]) => {
      if (sessionStorage.getItem('left') !== null) return;
      sessionStorage.setItem('left', '1');
      sessionStorage.setItem(key, value);
    },
    [KEY, text] as const,
  );
}

async function downloadOf(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

for (const [what, text] of Object.entries(damaged)) {
  test(`with ${what} in the tab's storage every screen opens, and what was found is set aside`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await leave(page, text);
    for (const screen of SCREENS) {
      await page.goto(`/?view=${screen}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Something went wrong' })).toHaveCount(0);
      await expect(page.getByText('The files saved in this tab couldn’t be opened')).toBeVisible();
    }
    expect(await downloadOf(page, 'Download saved data')).toBe(text);

    // What is typed from here on is kept, and the notice stays until it is dismissed.
    const serverFiles = new ServerFiles(page);
    await serverFiles.open('audit', 'Audit');
    await serverFiles.editor().click();
    await page.keyboard.insertText('local all all peer # typed');
    await page.waitForFunction((key) => sessionStorage.getItem(key)?.includes('# typed') ?? false, KEY);
    await page.reload();
    await expect(serverFiles.editor()).toContainText('# typed');
    await page.getByRole('button', { name: 'Discard saved data' }).click();
    await page.reload();
    await expect(serverFiles.editor()).toContainText('# typed');
    await expect(page.getByText('The files saved in this tab couldn’t be opened')).toHaveCount(0);
    expect(errors).toEqual([]);
  });
}

test('files that the browser cannot keep are not mistaken for older ones, and the page says so', async ({ page }) => {
  const serverFiles = new ServerFiles(page);
  await serverFiles.open('audit', 'Audit');
  await serverFiles.add({ 'pg_hba.conf': 'local all all peer # older\n' });
  await page.waitForFunction((key) => sessionStorage.getItem(key)?.includes('# older') ?? false, KEY);
  await serverFiles.add({ 'pg_hba.conf': `local all all peer\n${'# comment\n'.repeat(250_000)}` });
  await expect(page.getByText('Your files are too large for this browser to keep')).toBeVisible();
  await page.reload();
  await expect(serverFiles.editor()).not.toContainText('# older');
});

test('starting over clears the files that broke the page, after both could be downloaded', async ({ page }) => {
  await leave(page, saved({ kept: { major: 17, files: files('local all all peer # mine\n'), other: '' } }));
  // Simulates a fault in the page that these files set off: the notice about them cannot be shown.
  await page.addInitScript(() => {
    const set = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent')?.set;
    Object.defineProperty(Node.prototype, 'textContent', {
      set(this: Node, text: string) {
        if (String(text).startsWith('These files came from a link')) throw new Error('no notice');
        set?.call(this, text);
      },
    });
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible();
  expect(JSON.parse(await downloadOf(page, 'Download draft'))).toHaveProperty('server');
  const texts: string[] = [];
  page.on('download', async (download) => {
    texts.push(await readFile(await download.path(), 'utf8'));
  });
  await page.getByRole('button', { name: 'Download your files' }).click();
  await expect.poll(() => texts.toSorted()).toEqual(['local all all peer\n', 'local all all peer # mine\n'].toSorted());
  await page.getByRole('button', { name: /^Start/ }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Something went wrong' })).toHaveCount(0);
});
