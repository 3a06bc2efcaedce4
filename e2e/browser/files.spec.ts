import { expect, type Page, test } from '@playwright/test';
import { download, namesIn, readTar } from './archives.ts';
import { Wizard } from './wizard.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test('a file is copied completely, and downloaded with the same bytes', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard
    .result()
    .getByRole('button', { name: /^Copy .*pg_hba\.conf/ })
    .click();
  await expect(page.getByText('pg_hba.conf copied.')).toBeVisible();
  const copied = await clipboard(page);
  expect(copied).toMatch(/^# Made by Postern/);
  const waiting = page.waitForEvent('download');
  await wizard
    .result()
    .getByRole('button', { name: /^Download .*pg_hba\.conf/ })
    .click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('pg_hba.conf');
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe(copied);
});

test('a line shows its reason, in view, and links to its answer', async ({ page }) => {
  await page.setViewportSize({ width: 1350, height: 700 });
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard
    .fileText(/pg_hba\.conf/)
    .getByText('hostssl')
    .first()
    .click();
  await expect(
    wizard
      .result()
      .getByText(/^Lines? \d+/)
      .first(),
  ).toBeVisible();
  const lead = wizard.result().getByRole('button', { name: 'Go to the answer' });
  await expect(lead.first()).toBeInViewport();
  await lead.click();
  await expect(wizard.heading('Who connects?')).toBeVisible();
  await expect(page.locator('[id^="at-clients-0"]:focus, [id^="at-clients-0"] :focus')).toHaveCount(1);
});

test('commands are copied block by block', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.tab('All files');
  await wizard
    .result()
    .getByRole('button', { name: /roles\.sql/ })
    .first()
    .click();
  await wizard
    .fileText(/roles\.sql/)
    .getByText('CREATE ROLE')
    .first()
    .click();
  await wizard.result().getByRole('button', { name: 'Copy commands' }).click();
  await expect(page.getByText(/copied\.$/)).toBeVisible();
  const copied = await clipboard(page);
  expect(copied).toContain('CREATE ROLE');
  expect(copied.startsWith('--')).toBe(false);
});

test('everything in the diagram can be focused and has a label', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Bastion');
  const things = wizard.result().locator('svg [role=button]');
  await expect(things.filter({ hasText: 'bastion' }).first()).toBeVisible();
  for (const thing of await things.all()) {
    await thing.focus();
    await expect(thing).toBeFocused();
    expect((await thing.getAttribute('aria-label'))?.length).toBeGreaterThan(8);
  }
  await wizard.result().getByText('Text version').click();
  await expect(wizard.result().getByText(/^staff: people in 198\.18\.100\.0\/28/)).toBeVisible();
  await wizard
    .result()
    .getByRole('button', { name: /^Anyone else is rejected by/ })
    .press('Enter');
  await expect(wizard.heading('Which machine is the bastion?')).toBeVisible();
});

test('a finding leads to the answer that it is about', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Security');
  await page.getByRole('button', { name: 'Authentication', exact: true }).click();
  await page.getByLabel(/^Allow remote superuser logins/).check();
  await expect(wizard.result().getByRole('heading', { name: /finding/ })).toBeVisible();
  const show = wizard.result().getByText('Show findings');
  const lead = wizard
    .result()
    .getByRole('button', { name: /^Go to the answer: / })
    .first();
  // The list may open by itself after a first look, and a click would close it then.
  await expect(async () => {
    if (!(await lead.isVisible())) await show.click();
    await expect(lead).toBeVisible({ timeout: 1000 });
  }).toPass();
  await wizard.step('Access pattern');
  await lead.click();
  await expect(wizard.heading('How do clients reach the server?')).toHaveCount(0);
});

test('each machine has its own archive, and one download contains all of them', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Bastion');
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  const machines = page.getByRole('list', { name: 'Archives by machine' }).getByRole('listitem');
  await expect(machines).toHaveCount(4);
  for (const [machine, name] of [
    ['Database server', 'database-server'],
    ['Bastion', 'bastion'],
  ] as const) {
    const saved = await download(page, `Download the archive for ${machine}, .tar.gz`, `${name}.tar.gz`);
    expect(saved.suggested).toBe(`postern-bastion-${name}.tar.gz`);
    const folders = (await readTar(saved.path)).map(({ path }) => path.split('/')[1]);
    expect(new Set(folders)).toEqual(new Set(['README.md', 'manual-steps.md', 'certificates.md', name]));
  }
  const all = await download(page, 'Download .tar.gz', 'all.tar.gz');
  expect(all.suggested).toBe('postern-bastion.tar.gz');
  expect(await namesIn(all.path)).toEqual([
    ...['README.md', 'manual-steps.md', 'certificates.md'].map((name) => `postern-bastion/${name}`),
    ...['your-machine', 'database-server', 'bastion', 'clients'].map(
      (name) => `postern-bastion/postern-bastion-${name}.tar.gz`,
    ),
  ]);
});

test('a selection that ends on the line numbers has the lines that were dragged over', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.tab('Test');
  const region = wizard.fileText(/verify\.sh/);
  const lines = region.getByRole('listitem');
  await expect(lines.nth(60)).toBeAttached();
  await region.scrollIntoViewIfNeeded();
  const at = async (line: number, x: number) => {
    const box = await lines.nth(line).boundingBox();
    const edge = await region.boundingBox();
    if (!box || !edge) throw new Error('not in sight');
    return [edge.x + x, box.y + box.height / 2] as const;
  };
  const TEXT = 120;
  const NUMBER = 12;
  const BETWEEN = 42;
  for (const [from, fromX, to, toX, first, last] of [
    [18, TEXT, 22, NUMBER, 18, 22],
    [22, TEXT, 18, NUMBER, 18, 22],
    [20, TEXT, 20, BETWEEN, 20, 20],
    // The text is in parts of 40 lines.
    [37, TEXT, 43, NUMBER, 37, 43],
    [43, TEXT, 37, NUMBER, 37, 43],
  ] as const) {
    await lines.nth(Math.max(from, to)).scrollIntoViewIfNeeded();
    await page.evaluate(() => getSelection()?.removeAllRanges());
    await page.mouse.move(...(await at(from, fromX)));
    await page.mouse.down();
    await page.mouse.move(...(await at(to, toX)), { steps: 8 });
    await page.mouse.up();
    const selected = await lines.evaluateAll((all) => {
      const range = getSelection()?.getRangeAt(0);
      return all.flatMap((line, index) => (range?.intersectsNode(line) ? [index] : []));
    });
    expect([selected[0], selected.at(-1)], `${from} to ${to}`).toEqual([first, last]);
    const text = await page.evaluate(() => String(getSelection()));
    expect(text.split('\n').length, text).toBeLessThanOrEqual(last - first + 1);
  }
});

test('selected lines are copied as the file has them', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await wizard.step('Server');
  // Changed lines have a mark for screen readers.
  await wizard.field('DNS name').fill('other.postern.test');
  await wizard.tab('Test');
  await expect(
    wizard
      .fileText(/verify\.sh/)
      .getByText('other.postern.test')
      .first(),
  ).toBeAttached();
  await wizard
    .result()
    .getByRole('button', { name: /^Copy .*verify\.sh/ })
    .click();
  await expect(page.getByText('verify.sh copied.')).toBeVisible();
  const lines = (await clipboard(page)).split('\n').slice(0, 120);
  for (const wrapped of [false, true]) {
    if (wrapped) await wizard.result().getByRole('button', { name: 'Wrap long lines' }).click();
    await page.evaluate((count) => {
      const all = document.querySelectorAll('[role=tabpanel] section li');
      const last = all[count - 1] as Node;
      getSelection()?.setBaseAndExtent(all[0] as Node, 0, last, last.childNodes.length);
    }, lines.length);
    await page.keyboard.press('Control+c');
    await expect.poll(() => clipboard(page)).toBe(lines.join('\n'));
    await page.evaluate(() => navigator.clipboard.writeText(''));
  }
  await wizard.tab('postgresql.conf');
  await wizard.tab('Test');
  await expect(wizard.result().getByRole('button', { name: 'Wrap long lines' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});
