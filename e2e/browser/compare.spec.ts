import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const before = `local all postgres peer
host all all 10.0.0.0/8 md5
host orders app 10.1.2.3/32 scram-sha-256
`;
const after = `local all postgres peer
hostssl all all 10.0.0.0/8 md5
host reports all 192.0.2.0/24 scram-sha-256
`;

const access = (page: Page) => page.getByRole('region', { name: 'Difference in who gets in' });
const status = (page: Page) => access(page).getByRole('status').filter({ hasText: /\S/ });
const changes = (page: Page) => access(page).getByRole('listitem');
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

async function open(page: Page): Promise<void> {
  await page.goto('/?view=compare');
  await expect(page.getByRole('heading', { level: 1, name: 'What does a change open?' })).toBeVisible();
}

async function give(page: Page, own: string, other: string): Promise<void> {
  await page.getByLabel('Files of the server').setInputFiles(file('pg_hba.conf', own));
  await page.getByLabel('The second pg_hba.conf', { exact: true }).setInputFiles(file('new.conf', other));
}

test('each change is a sentence with a connection, and the line of the record leads to the text', async ({ page }) => {
  await open(page);
  await expect(access(page)).toContainText('Your pg_hba.conf is empty');
  await give(page, before, after);
  await expect(status(page)).toContainText('1 opened');
  await expect(status(page)).toContainText('1 closed');
  await expect(status(page)).toContainText('2 lines go, 2 come.');
  const opened = changes(page).filter({ hasText: 'Opened.' }).last();
  await expect(opened).toContainText('Now everybody can get in to reports from 192.0.2.0/24');
  await expect(opened).toContainText('Before they were refused.');
  const closed = changes(page).filter({ hasText: 'Closed.' }).last();
  await expect(closed).toContainText('Now everybody can no longer get in to every database from 10.0.0.0/8, in clear');
  await closed.getByRole('button', { name: 'Line 2' }).click();
  await expect(page.getByRole('textbox', { name: 'Before: your pg_hba.conf' })).toBeFocused();
});

test('the other way round what was opened is closed', async ({ page }) => {
  await open(page);
  await give(page, '', 'host all all 10.0.0.0/8 md5\n');
  await expect(access(page)).toContainText('Your pg_hba.conf is empty');
  await give(page, 'host all all 10.0.0.0/8 reject\n', 'host all all 10.0.0.0/8 md5\n');
  await expect(status(page)).toContainText('1 opened');
  await page.getByRole('button', { name: 'Swap before and after' }).click();
  await expect(status(page)).toContainText('1 closed');
  await expect(page.getByRole('textbox', { name: 'After: your pg_hba.conf' })).toBeVisible();
});

test('other text that does the same is proven equal, and what depends on the server’s addresses is said to be unknown', async ({
  page,
}) => {
  await open(page);
  await give(
    page,
    'host all all 10.0.0.0/8 md5\n',
    '# two halves\nhost all all 10.0.0.0/9 md5\nhost all all 10.128.0.0/9 md5\n',
  );
  await expect(status(page)).toContainText('Proven equal');
  await give(page, 'host all all samenet md5\n', 'host all all 127.0.0.0/8 md5\nhost all all ::1/128 md5\n');
  await expect(status(page)).toContainText('unknown');
  await expect(changes(page).filter({ hasText: 'Unknown.' }).first()).toContainText('depends on what no file tells');
});

test('a file that the server refuses is said to be one', async ({ page }) => {
  await open(page);
  await give(page, before, 'host all all 10.0.0.5 md5\n');
  await expect(access(page)).toContainText('The server refuses the file after the change');
  await access(page).getByRole('button', { name: 'Line 1' }).first().click();
  await expect(page.getByRole('textbox', { name: 'After: the second pg_hba.conf' })).toBeFocused();
});

test('the file of the plan can be the other one', async ({ page }) => {
  await open(page);
  await page.getByLabel('Files of the server').setInputFiles(file('pg_hba.conf', before));
  await page.getByRole('radio', { name: 'the plan’s file' }).check();
  await expect(status(page)).toContainText('opened');
  const plans = page.getByRole('textbox', { name: 'After: the plan’s pg_hba.conf' });
  await expect(plans).toContainText('scram-sha-256');
  await expect(plans).toHaveAttribute('aria-readonly', 'true');
});

test('a record is placed where it takes effect, put into the file and taken out again', async ({ page }) => {
  await open(page);
  await page.getByLabel('Files of the server').setInputFiles(file('pg_hba.conf', 'host all all 0.0.0.0/0 reject\n'));
  const place = page.getByRole('region', { name: 'Place a record' });
  await place.getByRole('textbox', { name: 'New record' }).fill('hostssl orders app 10.0.0.5 scram-sha-256');
  await page.keyboard.press('Enter');
  await expect(place.getByRole('alert')).toContainText('invalid IP mask "scram-sha-256"');
  await place.getByRole('textbox', { name: 'New record' }).fill('hostssl orders app 10.0.0.5/32 scram-sha-256');
  await page.keyboard.press('Enter');
  await expect(place.getByRole('status').filter({ hasText: 'It goes in' })).toContainText('It goes in as line 1.');
  await expect(place).toContainText('Now app can get in to orders from 10.0.0.5/32, over TLS, with scram-sha-256');
  await place.getByRole('button', { name: 'Put it into your file' }).click();
  const mine = page.getByRole('textbox', { name: 'Before: your pg_hba.conf' });
  await expect(mine).toContainText('10.0.0.5/32');
  await place.getByRole('button', { name: 'Undo' }).click();
  await expect(mine).not.toContainText('10.0.0.5/32');
});

test('what decides about nobody goes, and comes back', async ({ page }) => {
  await open(page);
  await page.getByLabel('Files of the server').setInputFiles(file('pg_hba.conf', before));
  const tidy = page.getByRole('region', { name: 'Tidy' });
  await tidy.getByRole('button', { name: 'Look for what can go' }).click();
  await expect(tidy).toContainText('1 record can go.');
  await expect(tidy).toContainText('host orders app 10.1.2.3/32 scram-sha-256');
  await tidy.getByRole('button', { name: 'Change your file so' }).click();
  const mine = page.getByRole('textbox', { name: 'Before: your pg_hba.conf' });
  await expect(mine).not.toContainText('10.1.2.3');
  await tidy.getByRole('button', { name: 'Undo' }).click();
  await expect(mine).toContainText('10.1.2.3');
});

test('several records become one, and come back', async ({ page }) => {
  await open(page);
  const halves =
    'host all a 10.0.0.0/25 scram-sha-256\nhost all b all reject\nhost all a 10.0.0.128/25 scram-sha-256\n';
  await page.getByLabel('Files of the server').setInputFiles(file('pg_hba.conf', halves));
  const tidy = page.getByRole('region', { name: 'Tidy' });
  await tidy.getByRole('button', { name: 'Look for what can go' }).click();
  await expect(tidy).toContainText('Several records can be one.');
  await expect(tidy).toContainText('host all a 10.0.0.0/24 scram-sha-256');
  await tidy.getByRole('button', { name: 'Change your file so' }).click();
  const mine = page.getByRole('textbox', { name: 'Before: your pg_hba.conf' });
  await expect(mine).toContainText('10.0.0.0/24');
  await tidy.getByRole('button', { name: 'Undo' }).click();
  await expect(mine).toContainText('10.0.0.128/25');
});

test('a link carries both texts and the order', async ({ page, browser, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await give(page, before, after);
  await page.getByRole('button', { name: 'Swap before and after' }).click();
  await page.getByRole('checkbox', { name: 'with the text of the files' }).check();
  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await browser.newContext();
  const fresh = await elsewhere.newPage();
  await fresh.goto(link);
  await expect(status(fresh)).toContainText('1 opened');
  await expect(fresh.getByRole('textbox', { name: 'After: your pg_hba.conf' })).toContainText('orders app 10.1.2.3/32');
  await expect(fresh.getByRole('textbox', { name: 'Before: the second pg_hba.conf' })).toContainText('192.0.2.0/24');
  await elsewhere.close();
});

test('files of 5,000 lines that differ in ten are compared', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  const line = (index: number, method: string) =>
    `host d${index % 40} u${index % 70} 10.${index >> 8}.${index & 255}.0/24 ${method}`;
  const text = (other: boolean) =>
    Array.from({ length: 5000 }, (_, index) => line(index, other && index % 500 === 7 ? 'reject' : 'md5')).join('\n');
  await give(page, text(false), text(true));
  await expect(status(page)).toContainText('10 closed', { timeout: 60_000 });
  await expect(status(page)).toContainText('10 lines go, 10 come.');
});

test('what takes long can be stopped and started again', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  const text = (net: number, method: string) =>
    Array.from(
      { length: 5000 },
      (_, index) =>
        `host d${index},e${index % 9} u${index},+g${index % 7} ${net}.${index >> 8}.${index & 255}.0/20 ${method}`,
    ).join('\n');
  await give(page, text(10, 'md5'), text(10, 'scram-sha-256'));
  await access(page).getByRole('button', { name: 'Stop' }).click();
  await expect(status(page)).toContainText('Stopped before there was an answer.');
  await give(page, before, after);
  await expect(status(page).last()).toContainText('1 opened');
});

test('the second file is dropped, typed and cleared, and nothing typed is lost on the way', async ({ page }) => {
  await open(page);
  await page.getByLabel('Files of the server').setInputFiles(file('pg_hba.conf', before));
  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'pg_hba.conf.new', { type: 'text/plain' }));
    return transfer;
  }, after);
  await page.getByRole('region', { name: 'The two files' }).dispatchEvent('drop', { dataTransfer: dropped });
  await expect(status(page)).toContainText('0 asked in another way');
  const second = page.getByRole('textbox', { name: 'After: the second pg_hba.conf' });
  await second.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('host all all 10.9.9.9/32 trust\n');
  await expect(status(page)).toContainText('1 asked in another way');
  await page.getByRole('link', { name: 'Access map' }).click();
  await page
    .getByRole('navigation', { name: 'What to do with the files' })
    .getByRole('link', { name: 'Compare' })
    .click();
  await expect(second).toContainText('10.9.9.9/32');
  await page.getByRole('button', { name: 'Clear the second' }).click();
  await expect(access(page)).toContainText('The second file is empty.');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test('the second file has its own editor, and the difference is one text', async ({ page }) => {
    await open(page);
    await give(page, before, after);
    await expect(page.getByRole('textbox', { name: 'Text of the second pg_hba.conf' })).toContainText('reports');
    await expect(page.getByRole('textbox', { name: /What goes is struck through/ })).toContainText('hostssl');
    await changes(page).filter({ hasText: 'Closed.' }).last().getByRole('button', { name: 'Line 2' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'What is wrong with these files?' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Text of pg_hba.conf' })).toBeFocused();
  });
});

for (const { name, ...use } of [
  { name: 'wide, light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'phone, dark', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      test.setTimeout(240_000);
      await open(page);
      const check = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      };
      await check();
      await page.getByRole('button', { name: 'Show an example of two' }).click();
      await expect(status(page)).toContainText('opened');
      await page.getByRole('button', { name: 'Look for what can go' }).click();
      await expect(page.getByRole('region', { name: 'Tidy' })).toContainText('can go.');
      await check();
    });
  });
}
