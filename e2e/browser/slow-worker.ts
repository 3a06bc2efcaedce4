import type { Page } from '@playwright/test';

/**
 * Makes the worker with this name block before it processes a message that contains "takes N ms", as a large plan
 * would. Such a worker receives nothing meanwhile: only terminating it stops it.
 */
export async function slowWorker(page: Page, name: 'core' | 'engine'): Promise<void> {
  await page.route(`**/${name}.worker-*.js`, async (route) => {
    const response = await route.fetch();
    const slow = `addEventListener('message', ({ data }) => {
      const time = /takes (\\d+) ms/.exec(JSON.stringify(data) ?? '');
      for (const until = performance.now() + Number(time?.[1] ?? 0); performance.now() < until; );
    });\n`;
    await route.fulfill({ response, body: slow + (await response.text()) });
  });
}
