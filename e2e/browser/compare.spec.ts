import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, views } from './accessible.ts';
import { Wizard } from './wizard.ts';

const before = `local all postgres peer
host all all 10.0.0.0/8 md5
host orders app 10.1.2.3/32 scram-sha-256
`;
const after = `local all postgres peer
hostssl all all 10.0.0.0/8 md5
host reports all 198.18.2.0/24 scram-sha-256
`;

const access = (page: Page) => page.getByRole('region', { name: 'Access differences' });
const status = (page: Page) => access(page).getByRole('status').filter({ hasText: /\S/ });
const changes = (page: Page) => access(page).getByRole('listitem');
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

async function open(page: Page): Promise<void> {
  await page.goto('/?view=compare');
  await expect(page.getByRole('heading', { level: 1, name: 'Compare two pg_hba.conf files' })).toBeVisible();
}

async function addFiles(page: Page, own: string, other: string): Promise<void> {
  await page.getByLabel('Server files').setInputFiles(file('pg_hba.conf', own));
  await page.getByLabel('The second pg_hba.conf', { exact: true }).setInputFiles(file('new.conf', other));
}

test('each change is a sentence with a connection, and the line of the record leads to the text', async ({ page }) => {
  await open(page);
  await expect(access(page)).toContainText('Missing: your pg_hba.conf');
  await addFiles(page, before, after);
  await expect(status(page)).toContainText('1 newly allowed');
  await expect(status(page)).toContainText('1 newly rejected');
  await expect(status(page)).toContainText('2 lines removed, 2 lines added.');
  const opened = changes(page).filter({ hasText: 'Newly allowed.' }).last();
  await expect(opened).toContainText('Now all roles can connect to reports from 198.18.2.0/24');
  await expect(opened).toContainText('Previously, these connections were rejected.');
  const closed = changes(page).filter({ hasText: 'Newly rejected.' }).last();
  await expect(closed).toContainText('Connections by all roles to all databases from 10.0.0.0/8, unencrypted');
  await closed.getByRole('button', { name: 'Line 2' }).click();
  await expect(page.getByRole('textbox', { name: 'Before: your pg_hba.conf' })).toBeFocused();
});

test('an empty side says which file is missing and how to add it, and at 1440 px both texts fit', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await expect(access(page)).toContainText('Add two files to see who gains and who loses access.');
  await access(page).getByLabel('Open your pg_hba.conf').last().setInputFiles(file('pg_hba.conf', before));
  await expect(access(page)).toContainText('Ready: your pg_hba.conf');
  await expect(access(page)).toContainText('Missing: the second pg_hba.conf');
  await access(page).getByRole('button', { name: 'Compare with the generated file' }).click();
  await expect(status(page)).toContainText('newly allowed');
  await page.getByRole('radio', { name: 'a second file' }).check();
  await access(page).getByLabel('Open the second pg_hba.conf').last().setInputFiles(file('new.conf', after));
  await expect(status(page)).toContainText('1 newly allowed');
  for (const name of ['Before: your pg_hba.conf', 'After: the second pg_hba.conf']) {
    // Room for a line of 75 characters.
    const box = await page.getByRole('textbox', { name }).boundingBox();
    expect(box?.width).toBeGreaterThan(75 * 8);
  }
});

test('in the other order, what was opened is closed', async ({ page }) => {
  await open(page);
  await addFiles(page, '', 'host all all 10.0.0.0/8 md5\n');
  await expect(access(page)).toContainText('Missing: your pg_hba.conf');
  await addFiles(page, 'host all all 10.0.0.0/8 reject\n', 'host all all 10.0.0.0/8 md5\n');
  await expect(status(page)).toContainText('1 newly allowed');
  await page.getByRole('button', { name: 'Swap before and after' }).click();
  await expect(status(page)).toContainText('1 newly rejected');
  await expect(page.getByRole('textbox', { name: 'After: your pg_hba.conf' })).toBeVisible();
});

test('other text that does the same is proven equal, and what depends on the server’s addresses is said to be unknown', async ({
  page,
}) => {
  await open(page);
  await addFiles(
    page,
    'host all all 10.0.0.0/8 md5\n',
    '# two halves\nhost all all 10.0.0.0/9 md5\nhost all all 10.128.0.0/9 md5\n',
  );
  await expect(status(page)).toContainText('Proven equivalent');
  await addFiles(page, 'host all all samenet md5\n', 'host all all 127.0.0.0/8 md5\nhost all all ::1/128 md5\n');
  await expect(status(page)).toContainText('unknown');
  await expect(changes(page).filter({ hasText: 'Unknown.' }).first()).toContainText(
    "depends on information that isn't in the files",
  );
});

test('a file that the server rejects is reported as such', async ({ page }) => {
  await open(page);
  await addFiles(page, before, 'host all all 10.0.0.5 md5\n');
  await expect(access(page)).toContainText('The server rejects the file after the change');
  await access(page).getByRole('button', { name: 'Line 1' }).first().click();
  await expect(page.getByRole('textbox', { name: 'After: the second pg_hba.conf' })).toBeFocused();
});

test('the file of the plan can be the other one', async ({ page }) => {
  await open(page);
  await page.getByLabel('Server files').setInputFiles(file('pg_hba.conf', before));
  await page.getByRole('radio', { name: 'the file generated from the plan' }).check();
  await expect(status(page)).toContainText('newly allowed');
  const plans = page.getByRole('textbox', { name: 'After: the generated pg_hba.conf' });
  await expect(plans).toContainText('scram-sha-256');
  await expect(plans).toHaveAttribute('aria-readonly', 'true');
});

test('a plan that keeps existing rules is compared merged into the file, and takes nobody’s access', async ({
  page,
}) => {
  await page.goto('/?view=plan');
  const wizard = new Wizard(page);
  await wizard.step('Server');
  await page.getByRole('radio', { name: /^Merge/ }).check();
  await page.getByRole('button', { name: 'Compare with your pg_hba.conf' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Compare two pg_hba.conf files' })).toBeFocused();
  await page.getByLabel('Server files').setInputFiles(file('pg_hba.conf', before));
  const after = page.getByRole('textbox', { name: 'After: your pg_hba.conf with the rules of the plan' });
  await expect(after).toContainText('# BEGIN Postern');
  await expect(after).toContainText('host orders app 10.1.2.3/32 scram-sha-256');
  await expect(status(page)).toContainText('newly allowed');
  await expect(status(page)).toContainText('0 newly rejected');
  await expect(changes(page).filter({ hasText: 'Newly allowed.' }).first()).toBeVisible();
  await expect(changes(page).filter({ hasText: 'Newly rejected.' })).toHaveCount(0);
});

test('a record is placed where it takes effect, added to the file and removed again', async ({ page }) => {
  await open(page);
  await page.getByLabel('Server files').setInputFiles(file('pg_hba.conf', 'host all all 0.0.0.0/0 reject\n'));
  const place = page.getByRole('region', { name: 'Insert a rule' });
  await place.getByRole('textbox', { name: 'New rule' }).fill('hostssl orders app 10.0.0.5 scram-sha-256');
  await page.keyboard.press('Enter');
  await expect(place.getByRole('alert')).toContainText('invalid IP mask "scram-sha-256"');
  await place.getByRole('textbox', { name: 'New rule' }).fill('hostssl orders app 10.0.0.5/32 scram-sha-256');
  await page.keyboard.press('Enter');
  await expect(place.getByRole('status').filter({ hasText: 'Insert as line' })).toContainText('Insert as line 1.');
  await expect(place).toContainText('Now app can connect to orders from 10.0.0.5/32, over TLS, with scram-sha-256');
  await place.getByRole('button', { name: 'Insert rule' }).click();
  const mine = page.getByRole('textbox', { name: 'Before: your pg_hba.conf' });
  await expect(mine).toContainText('10.0.0.5/32');
  await place.getByRole('button', { name: 'Undo' }).click();
  await expect(mine).not.toContainText('10.0.0.5/32');
});

test('unreachable records are removed, and restored', async ({ page }) => {
  await open(page);
  await page.getByLabel('Server files').setInputFiles(file('pg_hba.conf', before));
  const tidy = page.getByRole('region', { name: 'Clean up rules' });
  await tidy.getByRole('button', { name: 'Find redundant rules' }).click();
  await expect(tidy).toContainText('1 rule can be removed.');
  await expect(tidy).toContainText('host orders app 10.1.2.3/32 scram-sha-256');
  await tidy.getByRole('button', { name: 'Apply cleanup' }).click();
  const mine = page.getByRole('textbox', { name: 'Before: your pg_hba.conf' });
  await expect(mine).not.toContainText('10.1.2.3');
  await tidy.getByRole('button', { name: 'Undo' }).click();
  await expect(mine).toContainText('10.1.2.3');
});

test('several records become one, and are restored', async ({ page }) => {
  await open(page);
  const halves =
    'host all a 10.0.0.0/25 scram-sha-256\nhost all b all reject\nhost all a 10.0.0.128/25 scram-sha-256\n';
  await page.getByLabel('Server files').setInputFiles(file('pg_hba.conf', halves));
  const tidy = page.getByRole('region', { name: 'Clean up rules' });
  await tidy.getByRole('button', { name: 'Find redundant rules' }).click();
  await expect(tidy).toContainText('Several rules can be merged into one.');
  await expect(tidy).toContainText('host all a 10.0.0.0/24 scram-sha-256');
  await tidy.getByRole('button', { name: 'Apply cleanup' }).click();
  const mine = page.getByRole('textbox', { name: 'Before: your pg_hba.conf' });
  await expect(mine).toContainText('10.0.0.0/24');
  await tidy.getByRole('button', { name: 'Undo' }).click();
  await expect(mine).toContainText('10.0.0.128/25');
});

test('a link contains both texts and the order', async ({ page, browser, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await addFiles(page, before, after);
  await page.getByRole('button', { name: 'Swap before and after' }).click();
  await page.getByRole('checkbox', { name: 'Include the file contents' }).check();
  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await browser.newContext();
  const fresh = await elsewhere.newPage();
  await fresh.goto(link);
  await expect(status(fresh)).toContainText('1 newly allowed');
  await expect(fresh.getByRole('textbox', { name: 'After: your pg_hba.conf' })).toContainText('orders app 10.1.2.3/32');
  await expect(fresh.getByRole('textbox', { name: 'Before: the second pg_hba.conf' })).toContainText('198.18.2.0/24');
  await elsewhere.close();
});

test('files of 5,000 lines that differ in ten are compared', async ({ page }) => {
  await open(page);
  const line = (index: number, method: string) =>
    `host d${index % 40} u${index % 70} 10.${index >> 8}.${index & 255}.0/24 ${method}`;
  const text = (other: boolean) =>
    Array.from({ length: 5000 }, (_, index) => line(index, other && index % 500 === 7 ? 'reject' : 'md5')).join('\n');
  await addFiles(page, text(false), text(true));
  await expect(status(page)).toContainText('10 newly rejected', { timeout: 60_000 });
  await expect(status(page)).toContainText('10 lines removed, 10 lines added.');
});

test('a long comparison can be stopped and started again', async ({ page }) => {
  await open(page);
  const text = (net: number, method: string) =>
    Array.from(
      { length: 5000 },
      (_, index) =>
        `host d${index},e${index % 9} u${index},+g${index % 7} ${net}.${index >> 8}.${index & 255}.0/20 ${method}`,
    ).join('\n');
  await addFiles(page, text(10, 'md5'), text(10, 'scram-sha-256'));
  await access(page).getByRole('button', { name: 'Stop' }).click();
  await expect(status(page)).toContainText('Stopped before the result was ready.');
  await addFiles(page, before, after);
  await expect(status(page).last()).toContainText('1 newly allowed');
});

test('the second file is dropped, typed and cleared, and nothing typed is lost on the way', async ({ page }) => {
  await open(page);
  await page.getByLabel('Server files').setInputFiles(file('pg_hba.conf', before));
  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'pg_hba.conf.new', { type: 'text/plain' }));
    return transfer;
  }, after);
  await page.getByRole('region', { name: 'Files to compare' }).dispatchEvent('drop', { dataTransfer: dropped });
  await expect(status(page)).toContainText('0 with a different method');
  const second = page.getByRole('textbox', { name: 'After: the second pg_hba.conf' });
  await second.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('host all all 10.9.9.9/32 trust\n');
  await expect(status(page)).toContainText('1 with a different method');
  await page.getByRole('link', { name: 'Who can connect' }).click();
  await page.getByRole('navigation', { name: 'Inspection tools' }).getByRole('link', { name: 'Compare' }).click();
  await expect(second).toContainText('10.9.9.9/32');
  await page.getByRole('button', { name: 'Clear second file' }).click();
  await expect(access(page)).toContainText('Missing: the second pg_hba.conf');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test('the second file has its own editor, and the difference is one text', async ({ page }) => {
    await open(page);
    await addFiles(page, before, after);
    await expect(page.getByRole('textbox', { name: 'Contents of the second pg_hba.conf' })).toContainText('reports');
    await expect(page.getByRole('textbox', { name: /Removed text is struck through/ })).toContainText('hostssl');
    await changes(page)
      .filter({ hasText: 'Newly rejected.' })
      .last()
      .getByRole('button', { name: 'Line 2' })
      .first()
      .click();
    await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Contents of pg_hba.conf' })).toBeFocused();
  });
});

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      await open(page);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Load example files' }).click();
      await expect(status(page)).toContainText('newly allowed');
      await page.getByRole('button', { name: 'Find redundant rules' }).click();
      await expect(page.getByRole('region', { name: 'Clean up rules' })).toContainText('can be removed.');
      await expectAccessible(page);
    });
  });
}
