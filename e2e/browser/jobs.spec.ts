import { expect, type Locator, type Page, test } from '@playwright/test';
import { emptyStorage } from './own-draft.ts';
import { Wizard } from './wizard.ts';

/**
 * The six jobs that people come with, done as someone does who opens the page for the first time: by label and role, from
 * the start page to the result. Each click, choice, paste and entered answer is counted.
 */
test.use({ storageState: emptyStorage, permissions: ['clipboard-read', 'clipboard-write'] });

const RULES = 'local all postgres peer\nhost all all 0.0.0.0/0 md5\nhostssl orders app 198.18.2.0/28 scram-sha-256\n';
const SETTINGS = "listen_addresses = '*'\nssl = on\n";
const ERROR =
  'psql: error: connection to server at "db.postern.test" (198.18.113.10), port 5432 failed: FATAL:  no pg_hba.conf entry for host "198.18.2.7", user "app", database "orders", no encryption';

const FILES = [
  { name: 'pg_hba.conf', mimeType: 'text/plain', buffer: Buffer.from(RULES) },
  { name: 'postgresql.conf', mimeType: 'text/plain', buffer: Buffer.from(SETTINGS) },
];

interface Limits {
  readonly clicks: number;
  readonly answers: number;
}

const figures: string[] = [];
test.afterAll(() => {
  if (figures.length > 0) console.log(figures.join('\n'));
});

/** Counts what a user does. Expanding something to see the result counts as well. */
class Job {
  clicks = 0;
  answers = 0;
  readonly wizard: Wizard;

  private constructor(readonly page: Page) {
    this.wizard = new Wizard(page);
  }

  static async start(page: Page): Promise<Job> {
    await page.goto('/');
    return new Job(page);
  }

  async click(what: Locator): Promise<void> {
    this.clicks += 1;
    await expect(what, 'nothing has to be expanded first').toBeVisible();
    await what.click();
  }

  press = (name: string | RegExp): Promise<void> => this.click(this.page.getByRole('button', { name }).first());

  /** Chooses an option, which is an answer. */
  async choose(name: RegExp): Promise<void> {
    this.answers += 1;
    await this.page.getByRole('radio', { name }).check();
  }

  async answer(label: string, ...entries: readonly string[]): Promise<void> {
    this.answers += 1;
    const field = this.wizard.field(label);
    await expect(field).toBeVisible();
    for (const entry of entries) {
      await field.fill(entry);
      await field.press('Enter');
    }
  }

  /** Follows the link to the next answer that is missing. */
  next = (): Promise<void> => this.press('Go to the first missing answer');

  /** Pastes files that were copied in a file manager. */
  async pasteFiles(label: string): Promise<void> {
    this.answers += 1;
    await this.wizard.field(label).evaluate(
      (box, files) => {
        const clipboardData = new DataTransfer();
        for (const [name, text] of files) clipboardData.items.add(new File([text], name));
        box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      },
      [
        ['pg_hba.conf', RULES],
        ['postgresql.conf', SETTINGS],
      ] as const,
    );
  }

  async chooseFiles(name: string): Promise<void> {
    this.answers += 1;
    await this.page.getByLabel(name).setInputFiles(FILES);
  }

  end(name: string, limits: Limits): void {
    figures.push(`job: ${name}: ${this.clicks} clicks, ${this.answers} answers`);
    expect(this.clicks, 'clicks').toBeLessThanOrEqual(limits.clicks);
    expect(this.answers, 'answers').toBeLessThanOrEqual(limits.answers);
  }
}

test('Quick setup copies the ufw commands of a VPS after ten answers at most, with nothing to expand', async ({
  page,
}) => {
  const job = await Job.start(page);
  const { wizard } = job;
  await job.press('Quick setup: one screen');
  // Nothing is there that the user has not said.
  await expect(page.getByText('203.0.113.10')).toHaveCount(0);
  await expect(wizard.result().getByRole('tab')).toHaveCount(0);
  job.answers += 1;
  await wizard.field('PostgreSQL version').selectOption('17');
  await job.answer('Public addresses', '198.18.100.77');
  await job.answer('Source networks', '198.18.2.0/28');
  await job.answer('Roles', 'shop');
  await job.answer('Databases', 'orders');
  await job.answer('Your own source addresses for SSH', '198.18.2.9');
  await job.click(wizard.result().getByRole('tab', { name: 'Firewall commands' }));
  await job.click(wizard.result().getByRole('button', { name: /^Copy .*ufw commands$/ }));
  await expect(page.getByText('ufw commands copied.')).toBeVisible();
  const commands = (await page.evaluate(() => navigator.clipboard.readText()))
    .split('\n')
    .filter((line) => line.startsWith('sudo'));
  expect(commands).toEqual([
    "sudo ufw allow proto tcp from 198.18.2.9 to any port 22 comment 'postern ssh'",
    "sudo ufw prepend deny proto tcp to any port 5432 comment 'postern postgresql: everyone else'",
    "sudo ufw prepend allow proto tcp from 198.18.2.0/28 to 198.18.100.77 port 5432 comment 'postern postgresql: app'",
    'sudo ufw --force enable',
  ]);
  job.end('ufw commands of a VPS', { clicks: 3, answers: 10 });
});

test('a pasted error leads to its cause in two actions', async ({ page }) => {
  const job = await Job.start(page);
  job.answers += 1;
  await job.wizard.field('Error message or server log').fill(ERROR);
  await job.press('Find the cause');
  await expect(page.getByRole('heading', { level: 1, name: 'Troubleshoot a connection error' })).toBeVisible();
  await expect(page.getByRole('textbox').first()).toHaveValue(ERROR);
  await expect(page.getByRole('article').first()).toBeVisible();
  await expect(page.getByRole('list', { name: 'Where the connection failed' })).toBeVisible();
  job.end('cause of an error', { clicks: 1, answers: 1 });
});

test('two pasted files show their findings at once', async ({ page }) => {
  const job = await Job.start(page);
  await job.pasteFiles('Contents of pg_hba.conf or postgresql.conf');
  await expect(page.getByText(/md5/).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Who can connect' })).toBeVisible();
  for (const name of ['pg_hba.conf', 'postgresql.conf'])
    await expect(page.getByRole('main').getByText(name).first()).toBeVisible();
  expect(job.clicks + job.answers, 'actions').toBeLessThanOrEqual(2);
  job.end('findings of two files', { clicks: 1, answers: 1 });
});

test('whether one client can connect takes the files and its three facts', async ({ page }) => {
  const job = await Job.start(page);
  await job.pasteFiles('Contents of pg_hba.conf or postgresql.conf');
  await job.click(page.getByRole('link', { name: 'Trace a connection' }));
  await job.answer('Role', 'app');
  await job.answer('Database', 'orders');
  await job.answer('Source address', '198.18.2.7');
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Can connect' })).toBeVisible();
  job.end('trace of one client', { clicks: 1, answers: 4 });
});

test('the files of a server become a plan in three actions', async ({ page }) => {
  const job = await Job.start(page);
  await job.click(page.getByRole('link', { name: 'Import a server’s files' }));
  await job.chooseFiles('Server files');
  await job.press('Open as a plan');
  await expect(page.getByText('The imported files are open as a new plan.')).toBeVisible();
  job.end('plan of existing files', { clicks: 2, answers: 1 });
});

test('a team behind WireGuard gets its files when each missing answer is given', async ({ page }) => {
  const job = await Job.start(page);
  const { wizard } = job;
  await job.press('Full plan: step by step');
  await job.choose(/^VPN/);
  await job.next();
  await job.answer('Gateway endpoint', 'vpn.postern.test');
  await job.next();
  await job.answer('Roles', 'shop');
  await job.answer('Databases', 'orders');
  await job.next();
  await job.answer('Source networks', '198.18.2.9');
  await wizard.noProblems();
  await job.press('Download');
  const download = page.waitForEvent('download');
  await job.press(/zip/i);
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  job.end('files of a WireGuard team', { clicks: 6, answers: 5 });
});
