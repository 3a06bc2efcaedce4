import { createRequire } from 'node:module';
import { installPrograms } from './debian-packages.mjs';
import { isExecutable, program } from './programs.mjs';

/** The Chromium to test with, installed if need be: `{ path }`, or `{ missing }` with the reason. */
export async function findChromium() {
  const present = wanted() ?? installed();
  if (present) return present;
  const missing = await installPrograms(['chromium']);
  return installed() ?? { missing: missing ?? 'No Chromium was found.' };
}

function wanted() {
  for (const name of ['PLAYWRIGHT_CHROMIUM', 'CHROME_PATH']) {
    const path = process.env[name];
    if (!path) continue;
    return isExecutable(path) ? { path } : { missing: `${name} is "${path}", which is not a program that can be run.` };
  }
  return undefined;
}

function installed() {
  const path =
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(program).find(Boolean) ??
    playwrightsOwn();
  return path ? { path } : undefined;
}

/** The browser that `npx playwright install chromium` puts in Playwright's cache. */
function playwrightsOwn() {
  try {
    const path = createRequire(import.meta.url)('@playwright/test').chromium.executablePath();
    return isExecutable(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
