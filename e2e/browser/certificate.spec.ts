import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { certificates } from './certificates.ts';
import { Wizard } from './wizard.ts';

const field = (page: Page) => page.getByRole('textbox', { name: 'Certificates in PEM' });
const status = (page: Page) => page.getByRole('main').getByRole('status');
const answers = (page: Page) => page.getByRole('table', { name: 'What the clients of your plan make of it' });

async function open(page: Page): Promise<void> {
  await page.goto('/?view=certificate');
  await expect(
    page.getByRole('heading', { level: 1, name: 'Will your clients accept this certificate?' }),
  ).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What your own authority will make' })).toBeVisible();
}

async function paste(page: Page, text: string): Promise<void> {
  await field(page).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

const der = (pem: string) => Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64');

test('a certificate of the plan is accepted, and its chain is shown', async ({ page }) => {
  await open(page);
  await field(page).fill(certificates.server + certificates.root);
  await expect(status(page)).toHaveText('2 certificates read. No client refuses it.');
  await expect(answers(page).getByRole('row', { name: /app db\.example\.com/ })).toContainText('Accepted');
  await expect(page.getByRole('listitem').filter({ hasText: 'CN = Postern CA db.example.com' })).toContainText(
    'may sign others',
  );
  await expect(page.getByRole('definition').filter({ hasText: '203.0.113.10' }).first()).toBeVisible();
});

test('one of another name is refused in the words of libpq, and the answer leads to the client', async ({ page }) => {
  await open(page);
  await field(page).fill(certificates.other + certificates.root);
  const row = answers(page).getByRole('row', { name: /^app/ });
  await expect(row).toContainText('Refused');
  await expect(row).toContainText('server certificate for "old.example.com" does not match host name "db.example.com"');
  await row.getByRole('button', { name: 'app' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Who connects?' })).toBeVisible();
});

test('the answers follow the plan, and what was pasted stays until the page is closed', async ({ page }) => {
  await open(page);
  await field(page).fill(certificates.expired + certificates.root);
  await expect(answers(page)).toContainText('expired on 2025-01-01');
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Plan' }).click();
  await page.getByRole('radio', { name: 'Private subnet' }).check();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Certificate' }).click();
  await expect(answers(page).getByRole('row', { name: /^web/ })).toContainText('Refused');
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state]),
  );
  expect(kept).not.toContain('BEGIN CERTIFICATE');
  await page.reload();
  await expect(field(page)).toHaveValue('');
});

test('a private key is refused, neither shown nor kept', async ({ page }) => {
  await open(page);
  const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n-----END PRIVATE KEY-----\n';
  await paste(page, certificates.server + key);
  await expect(page.getByRole('alert')).toContainText('That is a private key, so it was not taken');
  await expect(field(page)).toHaveValue('');
  await field(page).fill(key);
  await expect(field(page)).toHaveValue('');
  await page.setInputFiles('input[type=file]', { name: 'server.key', mimeType: '', buffer: Buffer.from(key) });
  await expect(page.getByRole('alert')).toContainText('That is a private key');
  await expect(page.locator('body')).not.toContainText('MIGHAgEAMBMG');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(field(page)).toBeFocused();
});

test('damage is named with its line, and too much with its limit', async ({ page }) => {
  await open(page);
  for (const [text, problem] of [
    [certificates.server.replace(/-----END.*/, ''), 'The block that begins on line 1 has no END line'],
    [certificates.server.replace(/\n(....)/, '\n*$1'), 'Line 2 is not base64'],
    ['hello', 'There is no certificate in it'],
    [certificates.root.repeat(51), 'There are 51 certificates, and at most 50 are read'],
  ] as const) {
    await field(page).fill(text);
    await expect(page.getByRole('alert')).toContainText(problem);
    await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  }
  const large = { name: 'large.pem', mimeType: '', buffer: Buffer.alloc(1024 * 1024 + 1, 'x') };
  await page.setInputFiles('input[type=file]', large);
  await expect(page.getByRole('alert')).toContainText('1025 kB');
});

test('files are taken as DER and as PEM, one after the other', async ({ page }) => {
  await open(page);
  await page.setInputFiles('input[type=file]', { name: 'server.der', mimeType: '', buffer: der(certificates.server) });
  await expect(answers(page).getByRole('row', { name: /^app/ })).toContainText('Accepted if');
  await page.setInputFiles('input[type=file]', {
    name: 'ca.crt',
    mimeType: '',
    buffer: Buffer.from(certificates.root),
  });
  await expect(status(page)).toContainText('2 certificates read');
  await expect(answers(page).getByRole('row', { name: /^app/ })).toContainText(/Accepted(?! if)/);
});

test('nothing leaves the page, and the reader is loaded with this screen alone', async ({ page }) => {
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  const reader = () => asked.filter((url) => /\/(certificates|CertificateScreen)-[\w-]+\.js$/.test(url));
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.ready();
  await expect(page.getByRole('link', { name: 'About the target of database-server/pg_hba.conf' })).toBeVisible();
  expect(reader()).toEqual([]);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Certificate' }).click();
  await field(page).fill(certificates.server);
  await expect(status(page)).toContainText('1 certificate read');
  const own = new URL(page.url()).origin;
  expect(asked.filter((url) => !url.startsWith(own) || url.includes('?'))).toEqual([]);
});

test('it is open to the keyboard alone', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(field(page)).toBeFocused();
  await page.keyboard.insertText(certificates.server);
  await expect(status(page)).toContainText('1 certificate read');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Open files' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(answers(page).getByRole('button', { name: 'app' })).toBeFocused();
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
      for (const text of [certificates.other, certificates.server + certificates.root, 'hello']) {
        await field(page).fill(text);
        if (text === 'hello') await expect(page.getByRole('alert')).toBeVisible();
        else await expect(status(page)).toContainText(' read');
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
    });
  });
}
