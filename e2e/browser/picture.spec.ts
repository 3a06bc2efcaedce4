import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { Wizard } from './wizard.ts';

test.use({ colorScheme: 'dark' });

async function saved(page: Page, format: 'SVG' | 'PNG') {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: `Download the network diagram as ${format}` }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('the picture is saved as an SVG that needs no page, in light colors on white', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.openOwn('Bastion');
  await expect(wizard.result().locator('svg [role=button]').filter({ hasText: 'bastion' }).first()).toBeVisible();
  const { name, bytes } = await saved(page, 'SVG');
  expect(name).toBe('postern-bastion-network.svg');
  const text = bytes.toString();
  expect(text).not.toMatch(/class=|style=|var\(|light-dark|tabindex|href/);
  // Opened by itself, without any style sheet.
  await page.goto(`data:image/svg+xml;base64,${bytes.toString('base64')}`);
  const drawn = await page.evaluate(() => {
    const texts = [...document.querySelectorAll('text')];
    const fills = texts.map((one) => getComputedStyle(one).fill.match(/\d+/g)?.map(Number) ?? []);
    const [back] = document.querySelectorAll('rect');
    const box = document.documentElement.getBoundingClientRect();
    return {
      title: document.querySelector('title')?.textContent,
      words: texts.map(({ textContent }) => textContent),
      darkest: fills.map(([r = 255, g = 255, b = 255]) => Math.min(r, g, b)),
      back: back && getComputedStyle(back).fill,
      size: [box.width, box.height],
      outside: texts.filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        return left < box.left || right > box.right || top < box.top || bottom > box.bottom;
      }).length,
    };
  });
  expect(drawn.title).toBe('Your network');
  expect(drawn.words).toEqual(expect.arrayContaining(['Anyone else', '22 SSH', 'allowed, encrypted', 'rejected']));
  // Text of the dark theme would be nearly white.
  expect(Math.max(...drawn.darkest)).toBeLessThan(100);
  expect(drawn.back).toBe('rgb(255, 255, 255)');
  expect(drawn.outside).toBe(0);
});

test('the picture is saved as a PNG of twice its size, and nothing of the policy is broken', async ({ page }) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const wizard = new Wizard(page);
  await wizard.open();
  await expect(wizard.result().locator('svg [role=button]').first()).toBeVisible();
  const svg = (await saved(page, 'SVG')).bytes.toString();
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const { name, bytes } = await saved(page, 'PNG');
  expect(name).toBe('postern-direct-network.png');
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([Number(width) * 2, Number(height) * 2]);
  const colors = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data = new Uint8ClampedArray() } = context?.getImageData(0, 0, image.width, image.height) ?? {};
    const all = new Set<string>();
    for (let at = 0; at < data.length; at += 4) all.add([...data.slice(at, at + 4)].join());
    return { corner: [...data.slice(0, 4)].join(), count: all.size };
  }, bytes.toString('base64'));
  expect(colors.corner).toBe('255,255,255,255');
  expect(colors.count).toBeGreaterThan(20);
  expect(problems).toEqual([]);
});
