import { expect, type Page, test } from '@playwright/test';
import { LARGE, ServerFiles } from './server-files.ts';
import { Wizard } from './wizard.ts';

/** A name has room for 64 characters. */
const KEYSTROKES = 60;

const EDITS = 40;

test.describe.configure({ mode: 'serial' });

for (const clients of [1, 50, 400]) {
  test(`from keystroke to updated files with ${clients} client${clients === 1 ? '' : 's'} (printed, not judged)`, async ({
    page,
  }) => {
    const wizard = new Wizard(page);
    await wizard.open();
    if (clients > 1) await fillIn(page, wizard, clients);
    await wizard.step('Clients');
    if (clients > 1)
      await page
        .getByRole('main')
        .getByRole('button', { name: /^client 0/ })
        .click();
    await expect(wizard.fileText(/pg_hba\.conf/)).toBeVisible();
    await measure(page);
    const input = wizard.field('Name');
    await input.fill('n');
    await input.focus();
    await page.waitForFunction(() => (window as unknown as Measured).times.length > 0);
    for (let stroke = 0; stroke < KEYSTROKES; stroke++) {
      await page.keyboard.press(String.fromCharCode(97 + (stroke % 26)));
      await page.waitForFunction((count) => (window as unknown as Measured).times.length > count, stroke + 1);
    }
    const at = await shares(page);
    console.log(
      `keystroke to files, ${clients} clients: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, worst ${at(1)} ms`,
    );
  });
}

test('from a keystroke in a pg_hba.conf of 5,000 lines to its findings (printed, not judged)', async ({ page }) => {
  const files = new ServerFiles(page);
  await files.open('audit', 'Audit');
  await files.add({ 'pg_hba.conf': `host zzz zzz 10.9.9.0/24 trust\n${LARGE}` });
  const findings = page.getByRole('region', { name: 'Findings' });
  await expect(findings).toContainText('4,501 rules');
  await files.editor().click();
  await page.keyboard.press('Control+Home');
  await findings.evaluate((shown) => {
    const target = window as unknown as Measured;
    target.times = [];
    const read = () => /[\d,]+ rules/.exec(shown.textContent)?.[0];
    let [since, last] = [0, read()];
    addEventListener('keydown', () => (since = performance.now()), true);
    new MutationObserver(() => {
      if (read() === last) return;
      last = read();
      requestAnimationFrame(() => target.times.push(performance.now() - since));
    }).observe(shown, { subtree: true, childList: true, characterData: true });
  });
  for (let stroke = 0; stroke < EDITS; stroke++) {
    // Made a comment, the record is gone; and back again.
    await page.keyboard.press(stroke % 2 === 0 ? '#' : 'Backspace');
    await expect(findings).toContainText(stroke % 2 === 0 ? '4,500 rules' : '4,501 rules');
    await page.waitForFunction((count) => (window as unknown as Measured).times.length > count, stroke);
  }
  const at = await shares(page);
  console.log(`keystroke to findings, 5,000 lines: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`);
});

type Measured = Window & { times: number[] };

/** The measured times by their share, in milliseconds, without the first one. */
async function shares(page: Page): Promise<(share: number) => string> {
  const times = await page.evaluate(() => (window as unknown as Measured).times.slice(1).toSorted((a, b) => a - b));
  return (share) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
}

/** In the page: from the input event to the frame after pg_hba.conf shows the new name. */
async function measure(page: Page): Promise<void> {
  await page.evaluate(() => {
    const target = window as unknown as Measured;
    target.times = [];
    let wanted: { since: number; text: string } | undefined;
    document.addEventListener(
      'input',
      (event) => {
        if (event.target instanceof HTMLInputElement) wanted = { since: performance.now(), text: event.target.value };
      },
      true,
    );
    new MutationObserver(() => {
      const text = document.querySelector('section[aria-label*="pg_hba"]')?.textContent ?? '';
      if (!wanted || !text.replaceAll(/\s+/g, ' ').includes(wanted.text)) return;
      const { since } = wanted;
      wanted = undefined;
      requestAnimationFrame(() => target.times.push(performance.now() - since));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

async function fillIn(page: Page, wizard: Wizard, count: number): Promise<void> {
  await wizard.step('Server');
  await wizard.field('DNS name').fill('many.postern.test');
  await page.waitForFunction(() => localStorage.getItem('postern.draft') !== null);
  await page.evaluate((clients) => {
    const saved = JSON.parse(localStorage.getItem('postern.draft') ?? 'null');
    const [client] = saved.state.draft.clients;
    saved.state.draft.clients = Array.from({ length: clients }, (_, index) => ({
      ...client,
      name: `client ${index}`,
      roles: [`role${index}`],
      sources: [`10.${index >> 8}.${index & 255}.0/24`],
    }));
    localStorage.setItem('postern.draft', JSON.stringify(saved));
  }, count);
  await page.reload();
}
