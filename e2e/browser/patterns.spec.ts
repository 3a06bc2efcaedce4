import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { archives, download, type Entry, readTar, readZip } from './archives.ts';
import { emptyStorage } from './own-draft.ts';
import { type PatternName, Wizard } from './wizard.ts';

interface Walk {
  readonly id: string;
  readonly pattern: PatternName;
  /** Answers every screen as a person would, from the first to the last. */
  readonly answer: (wizard: Wizard) => Promise<void>;
  /** Machines that get files. */
  readonly machines: readonly RegExp[];
  /** A line that pg_hba.conf must contain. */
  readonly record: RegExp;
}

async function server(wizard: Wizard, name: string): Promise<void> {
  await wizard.field('DNS name').fill(name);
  await wizard.field('PostgreSQL version').selectOption('17');
  await expect(wizard.page.getByText('PostgreSQL 17 gets updates until')).toBeVisible();
}

async function client(wizard: Wizard, name: string, sources: readonly string[]): Promise<void> {
  await wizard.field('Name').fill(name);
  await wizard.replace('Source networks', ...sources);
  await wizard.replace('Roles', 'shop');
  await wizard.replace('Databases', 'orders', 'stock');
}

async function security(wizard: Wizard, admins: readonly string[]): Promise<void> {
  await wizard.next('How do administrators connect?');
  await wizard.replace('Source networks', ...admins);
  await wizard.next('Which programs on the server connect to it?');
  await wizard.next('Which certificate does the server use?');
  await wizard.page.getByRole('radio', { name: /^TLS 1\.3/ }).check();
  await wizard.next('Which authentication rules apply?');
  await wizard.next('Which firewall runs on the server?');
  await wizard.next('Is there a cloud firewall?');
  await wizard.next('What is logged, and how many connections are allowed?');
  await wizard.next('How is the server monitored?');
  await wizard.next('How are the files applied?');
}

const walks: readonly Walk[] = [
  {
    id: 'direct',
    pattern: 'Direct',
    machines: [/Your own machine/, /Database server/, /Each client's machine/],
    record: /^hostssl\s+"?orders"?,"?stock"?\s+"?shop"?\s+198\.18\.100\.64\/26\s+scram-sha-256/m,
    answer: async (wizard) => {
      await wizard.next('What is the public address?');
      await wizard.replace('Public addresses', '198.18.113.77', '2001:2:0:77::5');
      await wizard.next('Who connects?');
      await client(wizard, 'shop', ['198.18.100.64/26', '2001:2:0:5::/64']);
      await security(wizard, ['198.18.100.64/26']);
    },
  },
  {
    id: 'vpn',
    pattern: 'VPN',
    machines: [/Your own machine/, /VPN gateway/, /Database server/, /VPN peers/, /Each client's machine/],
    record: /^hostssl\s+"?orders"?,"?stock"?\s+"?shop"?\s+10\.77\.0\.0\/24\s+scram-sha-256/m,
    answer: async (wizard) => {
      await wizard.next('Which addresses does the server have?');
      await wizard.next('How is the VPN tunnel set up?');
      await wizard.page.getByRole('radio', { name: /^Separate gateway/ }).check();
      await wizard.replace('Tunnel networks', '10.77.0.0/24', 'fd00:77::/64');
      await wizard.next('Where is the VPN gateway?');
      await wizard.field('Gateway endpoint').fill('vpn.postern.test');
      await wizard.replace('Gateway addresses in the tunnel', '10.77.0.1', 'fd00:77::1');
      await wizard.next('Who uses the VPN?');
      await wizard.replace('Tunnel addresses', '10.77.0.2', 'fd00:77::2');
      await wizard.next('Who connects?');
      await client(wizard, 'shop', ['10.77.0.0/24', 'fd00:77::/64']);
      await security(wizard, ['198.18.100.64/26']);
    },
  },
  {
    id: 'private',
    pattern: 'Private subnet',
    machines: [/Your own machine/, /Database server/, /Each client's machine/],
    record: /^hostssl\s+"?orders"?,"?stock"?\s+"?shop"?\s+10\.40\.1\.0\/24\s+scram-sha-256/m,
    answer: async (wizard) => {
      await wizard.next('Which addresses does the server have?');
      await wizard.replace('Private addresses', '10.40.2.10', 'fd40:0:0:2::10');
      await wizard.next('Which subnets connect?');
      await wizard.replace('Subnets', '10.40.1.0/24', 'fd40:0:0:1::/64');
      await wizard.next('Are there read replicas?');
      await wizard.next('Who connects?');
      await client(wizard, 'shop', ['10.40.1.0/24', 'fd40:0:0:1::/64']);
      await security(wizard, ['10.40.0.0/24']);
    },
  },
  {
    id: 'bastion',
    pattern: 'Bastion',
    machines: [/Your own machine/, /Database server/, /Bastion/, /Each client's machine/],
    record: /^hostssl\s+"?orders"?,"?stock"?\s+"?shop"?\s+10\.40\.2\.5\/32\s+scram-sha-256/m,
    answer: async (wizard) => {
      await wizard.next('Which addresses does the server have?');
      await wizard.replace('Private addresses', '10.40.2.10', 'fd40:0:0:2::10');
      await wizard.next('Which machine is the bastion?');
      await wizard.field('Public name or address').fill('bastion.postern.test');
      await wizard.replace('Internal addresses', '10.40.2.5', 'fd40:0:0:2::5');
      await wizard.next('How does the bastion forward connections?');
      await wizard.next('Which SSH accounts can forward, and to where?');
      await wizard.add('SSH users', 'maria');
      await wizard.next('Who connects?');
      await client(wizard, 'shop', ['198.18.100.64/26', '2001:2:0:5::/64']);
      await security(wizard, ['198.18.100.64/26']);
    },
  },
];

for (const walk of walks) {
  test.describe
    .serial(`the pattern ${walk.pattern}`, () => {
      test.use({ storageState: emptyStorage });

      test('is walked from the first question to the archive', async ({ page }) => {
        const wizard = new Wizard(page);
        await wizard.open();
        await wizard.choosePattern(walk.pattern);
        await wizard.next('Start from an example');
        await wizard.next('Which server is it?');
        await server(wizard, 'shop.postern.test');
        await walk.answer(wizard);
        await wizard.next('Review access');
        await wizard.noProblems();
        await expect(page.getByText('All other connections are rejected.').first()).toBeVisible();
        await wizard.next('Download the generated files');
        await wizard.field('Title').fill('Shop & stock');
        await expect(page.getByText(/unpacks to the folder postern-shop-stock,/)).toBeVisible();

        const tar = await download(page, 'Download .tar.gz', `${walk.id}.tar.gz`);
        const zip = await download(page, 'Download .zip', `${walk.id}.zip`);
        await download(page, 'Download plan', `${walk.id}.json`);
        expect([tar.suggested, zip.suggested]).toEqual(['postern-shop-stock.tar.gz', 'postern-shop-stock.zip']);

        const fromTar = await readTar(tar.path);
        expect(readZip(zip.path)).toEqual(fromTar);
        check(fromTar, walk.record);

        for (const machine of walk.machines) {
          await expect(wizard.result().getByRole('heading', { level: 4, name: machine })).toBeVisible();
        }
      });

      test('produces an archive that a real PostgreSQL runs on', async () => {
        const reason = process.env.POSTERN_NO_SERVER;
        test.skip(Boolean(reason), reason);
        test.setTimeout(600_000);
        const plan = join(archives, `${walk.id}.json`);
        test.skip(!existsSync(plan), 'The walk before this downloaded no archive.');
        const prover = join(import.meta.dirname, '../../scripts/prove-archive.mjs');
        const run = promisify(execFile);
        const archive = join(
          archives,
          walk.id === 'vpn' || walk.id === 'bastion' ? `${walk.id}.zip` : `${walk.id}.tar.gz`,
        );
        const outcome = await run(process.execPath, [prover, archive, plan], { maxBuffer: 64 * 1024 * 1024 }).then(
          ({ stdout }) => ({ failed: false, text: stdout }),
          (error: { stdout?: string; stderr?: string }) => ({
            failed: true,
            text: `${error.stdout ?? ''}${error.stderr ?? ''}`,
          }),
        );
        expect(outcome.failed, outcome.text).toBe(false);
      });
    });
}

/** One folder, its README, scripts that can be run and files that cannot, and the record that was asked for. */
function check(entries: readonly Entry[], record: RegExp): void {
  expect(new Set(entries.map(({ path }) => path.split('/')[0]))).toEqual(new Set(['postern-shop-stock']));
  expect(entries.map(({ path }) => path)).toContain('postern-shop-stock/README.md');
  for (const { path, mode, text } of entries) {
    expect(text.length, path).toBeGreaterThan(0);
    if (text.startsWith('#!')) expect(mode & 0o100, `${path} must be executable`).toBe(0o100);
    else expect(mode & 0o111, `${path} must not be executable`).toBe(0);
  }
  const hba = entries.find(({ path }) => path.endsWith('pg_hba.conf'));
  expect(hba?.text ?? '').toMatch(record);
  expect(entries.filter(({ text }) => text.includes('shop')).length).toBeGreaterThan(2);
}

test('a downloaded plan opens again as the same plan', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Bastion');
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await wizard.field('Title').fill('Round trip');
  const { path } = await download(page, 'Download plan', 'round-trip.json');
  const before = JSON.parse(readFileSync(path, 'utf8'));
  await wizard.field('Title').fill('Something else');
  await page.getByLabel('Plan file').and(page.locator('input')).setInputFiles(path);
  await expect(wizard.field('Title')).toHaveValue('Round trip');
  const again = await download(page, 'Download plan', 'round-trip-again.json');
  expect(JSON.parse(readFileSync(again.path, 'utf8'))).toEqual(before);
});
