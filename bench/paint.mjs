// How fast start pages appear on a slow connection and a slow machine, side by side. bench/README.md says how to run it.
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { serve } from './serve.mjs';

/** A round trip of 150 ms, 1.6 Mbit/s, and a processor four times slower. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };
const SLOWER = 4;
/** Milliseconds without a long task after which a page is quiet, and the longest wait for that. */
const QUIET_MS = 2000;
const PATIENCE_MS = 15_000;

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '10' } },
  allowPositionals: true,
});
const runs = Number(values.runs);
const builds = (positionals.length > 0 ? positionals : ['this=dist']).map((pair) => pair.split('='));

/** In the page: its paints and long tasks, and the first time that it can be used. */
function observe() {
  const seen = { first: 0, largest: 0, usable: 0, tasks: [] };
  window.seen = seen;
  const on = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  on('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') seen.first = entry.startTime;
  });
  on('largest-contentful-paint', (entry) => {
    seen.largest = entry.startTime;
  });
  on('longtask', ({ startTime, duration }) => seen.tasks.push({ startTime, duration }));
  // React marks what it controls; without it, a page can be used once it is loaded.
  const look = () => {
    const controlled = Object.keys(document.querySelector('#root textarea') ?? {}).some((key) =>
      /^__reactProps/.test(key),
    );
    if (controlled || (document.readyState === 'complete' && !document.getElementById('root')))
      seen.usable = performance.now();
    else setTimeout(look, 5);
  };
  addEventListener('DOMContentLoaded', look);
}

async function measure(browser, address) {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1350, height: 940 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const done = [];
  session.on('Network.loadingFinished', ({ encodedDataLength, timestamp }) =>
    done.push({ bytes: encodedDataLength, at: timestamp }),
  );
  let began;
  session.on('Network.requestWillBeSent', ({ timestamp }) => {
    began ??= timestamp;
  });
  await page.addInitScript(observe);
  await page.goto(address);
  await page
    .waitForFunction(
      (quiet) => {
        const { usable, tasks } = window.seen;
        const last = tasks.at(-1);
        return usable > 0 && performance.now() - Math.max(usable, last ? last.startTime + last.duration : 0) > quiet;
      },
      QUIET_MS,
      { timeout: PATIENCE_MS },
    )
    .catch(() => undefined);
  const { first, largest, usable, tasks } = await page.evaluate(() => window.seen);
  await context.close();
  const blocking = tasks
    .filter(({ startTime, duration }) => startTime + duration > first)
    .reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
  const until = done.filter(({ at }) => (at - began) * 1000 <= usable);
  return {
    first,
    largest,
    usable,
    blocking,
    bytes: until.reduce((sum, { bytes }) => sum + bytes, 0),
    requests: until.length,
  };
}

const middle = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];

const servers = await Promise.all(builds.map(([, folder]) => serve(folder)));
const browser = await chromium.launch({ executablePath: process.env.PLAYWRIGHT_CHROMIUM });
const results = builds.map(() => []);
// In turn, so that what else the machine does disturbs all of them.
for (let run = 0; run < runs; run++)
  for (const [index, server] of servers.entries())
    results[index].push(await measure(browser, `http://127.0.0.1:${server.address().port}/`));
await browser.close();
for (const server of servers) server.close();

const of = (index, name) => middle(results[index].map((result) => result[name]));
const units = { first: 'ms', largest: 'ms', usable: 'ms', blocking: 'ms', bytes: 'bytes', requests: '' };
for (const [index, [name]] of builds.entries()) {
  const shown = Object.entries(units).map(([what, unit]) => {
    const ratio = index === 0 ? '' : ` (${(of(index, what) / of(0, what)).toFixed(2)} times)`;
    return `${what} ${Math.round(of(index, what))}${unit && ` ${unit}`}${ratio}`;
  });
  console.log(`${name}: ${shown.join(', ')}`);
}
