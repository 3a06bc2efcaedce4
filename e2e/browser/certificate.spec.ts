import { expect, type Page, test } from '@playwright/test';
import { defaultPlan } from '../../app/core/index.ts';
import { expectAccessible, views } from './accessible.ts';
import { certificates } from './certificates.ts';
import { saveDraft } from './own-draft.ts';
import { Wizard } from './wizard.ts';

// The certificates are those of the default plans, which have example values in them.
test.beforeEach(({ page }) => saveDraft(page, defaultPlan('direct')));

const field = (page: Page) => page.getByRole('textbox', { name: 'PEM certificates' });
const status = (page: Page) => page.getByRole('main').getByRole('status').last();
const answers = (page: Page) => page.getByRole('table', { name: 'Verification by the clients in your plan' });

async function open(page: Page): Promise<void> {
  await page.goto('/?view=certificate');
  await expect(
    page.getByRole('heading', { level: 1, name: 'Will your clients accept this certificate?' }),
  ).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Certificates from your private CA' })).toBeVisible();
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
  await expect(status(page)).toHaveText('2 certificates read. No client rejects it.');
  await expect(answers(page).getByRole('row', { name: /app db\.example\.com/ })).toContainText('Accepted');
  await expect(page.getByRole('listitem').filter({ hasText: 'CN = Postern CA db.example.com' })).toContainText(
    'can sign certificates',
  );
  await expect(page.getByRole('definition').filter({ hasText: '203.0.113.10' }).first()).toBeVisible();
});

test('one with another name is rejected with the message of libpq, and the answer leads to the client', async ({
  page,
}) => {
  await open(page);
  await field(page).fill(certificates.other + certificates.root);
  const row = answers(page).getByRole('row', { name: /^app/ });
  await expect(row).toContainText('Rejected');
  await expect(row).toContainText('server certificate for "old.example.com" does not match host name "db.example.com"');
  await row.getByRole('button', { name: 'app' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Who connects?' })).toBeVisible();
});

test('the answers follow the plan, and the pasted text is kept until the page is closed', async ({ page }) => {
  await open(page);
  await field(page).fill(certificates.expired + certificates.root);
  await expect(answers(page)).toContainText('expired on 2025-01-01');
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Plan' }).click();
  const wizard = new Wizard(page);
  await wizard.step('Clients');
  await wizard.field('Name').fill('web');
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Certificate' }).click();
  await expect(answers(page).getByRole('row', { name: /^web/ })).toContainText('Rejected');
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state]),
  );
  expect(kept).not.toContain('BEGIN CERTIFICATE');
  await page.reload();
  await expect(field(page)).toHaveValue('');
});

test('a private key is rejected, neither shown nor kept', async ({ page }) => {
  await open(page);
  const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n-----END PRIVATE KEY-----\n';
  await paste(page, certificates.server + key);
  await expect(page.getByRole('alert')).toContainText('This is a private key. Postern discarded it');
  await expect(field(page)).toHaveValue('');
  await field(page).fill(key);
  await expect(field(page)).toHaveValue('');
  await page.setInputFiles('input[type=file]', { name: 'server.key', mimeType: '', buffer: Buffer.from(key) });
  await expect(page.getByRole('alert')).toContainText('This is a private key');
  await expect(page.locator('body')).not.toContainText('MIGHAgEAMBMG');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(field(page)).toBeFocused();
});

test('damage is reported with its line, and excessive input with its limit', async ({ page }) => {
  await open(page);
  for (const [text, problem] of [
    [certificates.server.replace(/-----END.*/, ''), 'The block that starts on line 1 has no END line'],
    [certificates.server.replace(/\n(....)/, '\n*$1'), 'Line 2 is not valid base64'],
    ['hello', 'No certificate found'],
    [certificates.root.repeat(51), 'The input has 51 certificates. The limit is 50.'],
  ] as const) {
    await field(page).fill(text);
    await expect(page.getByRole('alert')).toContainText(problem);
    await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  }
  const large = { name: 'large.pem', mimeType: '', buffer: Buffer.alloc(1024 * 1024 + 1, 'x') };
  await page.setInputFiles('input[type=file]', large);
  await expect(page.getByRole('alert')).toContainText('1025 kB');
});

test('files are accepted as DER and as PEM, one after the other', async ({ page }) => {
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

test('nothing leaves the page, and the reader is loaded only with this screen', async ({ page }) => {
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  const reader = () => asked.filter((url) => /\/(certificates|CertificateScreen)-[\w-]+\.js$/.test(url));
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.ready();
  await expect(page.getByRole('link', { name: 'Reference page for database-server/pg_hba.conf' })).toBeVisible();
  expect(reader()).toEqual([]);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Certificate' }).click();
  await field(page).fill(certificates.server);
  await expect(status(page)).toContainText('1 certificate read');
  const own = new URL(page.url()).origin;
  expect(asked.filter((url) => !url.startsWith(own) || /\?(?!view=plan$)/.test(url))).toEqual([]);
});

test('it is usable with only the keyboard', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(field(page)).toBeFocused();
  await page.keyboard.insertText(certificates.server);
  await expect(status(page)).toContainText('1 certificate read');
  await expect(answers(page).getByRole('button', { name: 'app' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Open files' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(answers(page).getByRole('button', { name: 'app' })).toBeFocused();
});

for (const { name, ...use } of views) {
  test.describe(name, () => {
    test.use(use);
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      await open(page);
      for (const text of [certificates.other, certificates.server + certificates.root, 'hello']) {
        await field(page).fill(text);
        if (text === 'hello') await expect(page.getByRole('alert')).toBeVisible();
        else await expect(status(page)).toContainText(' read');
        await expectAccessible(page);
      }
    });
  });
}
