// How fast the files follow what is typed into a form, side by side. bench/README.md says how to run it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { repository } from '../scripts/lib/repository.mjs';
import { bundled } from './core.mjs';
import { serve } from './serve.mjs';

const SLOWER = 4;
/** Keystrokes per page, and those at the beginning that are not counted: the compiler is still at work. */
const STROKES = { counted: 60, before: 20 };
/** Milliseconds between keystrokes: as a fast typist. */
const PAUSE_MS = 120;

const { values, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    clients: { type: 'string', default: '1,50' },
    edits: { type: 'string' },
  },
  allowPositionals: true,
});
const builds = (positionals.length > 0 ? positionals : ['this=dist']).map((pair) => pair.split('='));

const { parsePlan, encodeLink } = await bundled('app/core/index.ts');
const preset = JSON.parse(readFileSync(join(repository, 'public/presets/office-vpn-internet.json'), 'utf8'));

/** The fragment of the link of a plan with this many clients, each with four networks that no other client has. */
async function fragmentWith(count) {
  const clients = Array.from({ length: count }, (_, client) => ({
    ...preset.clients[0],
    name: `client ${client}`,
    sources: [0, 1, 2, 3].map((one) => `10.${(client * 4 + one) >> 8}.${(client * 4 + one) & 255}.0/24`),
    roles: [`role_${client}`],
    databases: [`database_${client % 7}`],
  }));
  const parsed = parsePlan({ ...preset, clients });
  if (!parsed.ok) throw new Error(parsed.issues[0].message);
  return `#${await encodeLink(parsed.value)}`;
}

/** In the page: for each keystroke, the time until the frame with the changed file has been painted; and the long tasks. */
function observe() {
  const seen = { times: [], tasks: [] };
  window.seen = seen;
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  });
  let wanted;
  addEventListener(
    'input',
    ({ target, timeStamp }) => {
      if (target instanceof HTMLInputElement) wanted = { text: target.value, since: timeStamp };
    },
    true,
  );
  const painted = new MessageChannel();
  let since;
  painted.port1.onmessage = () => seen.times.push(performance.now() - since);
  new MutationObserver((records) => {
    const shows = ({ target }) =>
      target.parentElement?.closest('[role=tabpanel]') && target.textContent.includes(wanted.text);
    if (!wanted || !records.some(shows)) return;
    ({ since } = wanted);
    wanted = undefined;
    requestAnimationFrame(() => painted.port2.postMessage(null));
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

async function open(browser, address, fragment) {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1350, height: 940 } });
  const page = await context.newPage();
  await page.goto(`${address}?view=plan${fragment}`);
  const test = page.getByRole('tab', { name: /^Test/ });
  // The plan of the link is there once it has files.
  await test.waitFor();
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await steps
    .getByRole('button', { name: /Server/ })
    .first()
    .click();
  await test.click();
  const field = page.getByLabel('DNS name', { exact: true });
  await field.fill('bench');
  await page.waitForTimeout(1500);
  // Browsers paint only visible lines.
  await page.getByRole('tabpanel').locator('code', { hasText: 'bench' }).first().scrollIntoViewIfNeeded();
  await field.focus();
  await page.waitForTimeout(500);
  return { context, page, field };
}

/** In the page: a field and a paragraph, and a worker that returns what it is sent. */
function floorPage() {
  document.body.innerHTML = '<input aria-label="DNS name"><div role="tabpanel"><p>-</p></div>';
  const worker = new Worker(URL.createObjectURL(new Blob(['onmessage = ({ data }) => postMessage(data)'])));
  document.querySelector('input').addEventListener('input', ({ target }) => worker.postMessage(target.value));
  worker.onmessage = ({ data }) => {
    document.querySelector('p').textContent = data;
  };
}

async function openFloor(browser) {
  const context = await browser.newContext({ viewport: { width: 1350, height: 940 } });
  const page = await context.newPage();
  await page.goto('about:blank');
  await page.evaluate(floorPage);
  await page.getByLabel('DNS name').focus();
  return { context, page };
}

/** The times of counted keystrokes and the long tasks among them, in milliseconds. */
async function measure({ context, page }) {
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.evaluate(observe);
  for (let stroke = 0; stroke < STROKES.before + STROKES.counted; stroke++) {
    if (stroke === STROKES.before) await page.evaluate(() => Object.assign(window.seen, { times: [], tasks: [] }));
    // A name has room for 63 characters between dots.
    await page.keyboard.press(stroke % 20 === 19 ? '.' : String.fromCharCode(97 + (stroke % 26)));
    await page.waitForTimeout(PAUSE_MS);
  }
  await page.waitForTimeout(1000);
  const { times, tasks } = await page.evaluate(() => window.seen);
  await context.close();
  return { times, tasks };
}

/** Bytes of the heap, of the page and its workers together, after this many edits and a collection of garbage. */
async function memory(browser, address, fragment, edits) {
  const { context, page, field } = await open(browser, address, fragment);
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const heap = async () => {
    await page.waitForTimeout(500);
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  const sizes = [];
  for (let edit = 0; edit <= edits; edit++) {
    if (edit % Math.ceil(edits / 4) === 0) sizes.push(await heap());
    await field.fill(`name-${edit}.example.com`);
    await page.waitForTimeout(20);
  }
  await context.close();
  return sizes;
}

const share = (all, part) => {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};

const servers = await Promise.all(builds.map(([, folder]) => serve(folder)));
const addresses = servers.map((server) => `http://127.0.0.1:${server.address().port}/`);
const browser = await chromium.launch({ executablePath: process.env.PLAYWRIGHT_CHROMIUM });
if (values.edits) {
  const fragment = await fragmentWith(50);
  for (const [index, [name]] of builds.entries()) {
    const sizes = await memory(browser, addresses[index], fragment, Number(values.edits));
    console.log(
      `${name}: heap of the page during ${values.edits} edits ${sizes.map((size) => `${(size / 1e6).toFixed(1)} MB`).join(', ')}`,
    );
  }
} else {
  const { times } = await measure(await openFloor(browser));
  console.log(`floor: median ${share(times, 0.5).toFixed(1)} ms, 95th percentile ${share(times, 0.95).toFixed(1)} ms`);
  for (const size of values.clients.split(',').map(Number)) {
    const fragment = await fragmentWith(size);
    const results = builds.map(() => ({ times: [], tasks: [] }));
    // In turn, so that what else the machine does disturbs all of them.
    for (let run = 0; run < Number(values.runs); run++)
      for (const [index, address] of addresses.entries()) {
        const { times, tasks } = await measure(await open(browser, address, fragment));
        results[index].times.push(...times);
        results[index].tasks.push(...tasks);
      }
    for (const [index, [name]] of builds.entries()) {
      const { times, tasks } = results[index];
      const [middle, most] = [share(times, 0.5), share(times, 0.95)];
      const ratio = index === 0 ? '' : ` (${(middle / share(results[0].times, 0.5)).toFixed(2)} times)`;
      console.log(
        `${name}, ${size} clients: median ${middle.toFixed(1)} ms${ratio}, 95th percentile ${most.toFixed(1)} ms, ${times.length} painted, ${tasks.length} tasks over 50 ms, the longest ${Math.round(Math.max(0, ...tasks))} ms`,
      );
    }
  }
}
await browser.close();
for (const server of servers) server.close();
