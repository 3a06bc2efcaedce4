import { expect, type Locator, type Page, test } from '@playwright/test';
import { chunks } from './chunks.ts';
import { LARGE } from './server-files.ts';
import { Wizard } from './wizard.ts';

const FAILED = /Part of Postern could not be loaded\./;

interface Visit {
  /** Where the page opens. */
  readonly at?: string;
  readonly phone?: true;
  /** Nothing else of the page is there. */
  readonly alone?: true;
  /** What the user does to get there. */
  readonly go?: (page: Page, wizard: Wizard) => Promise<void>;
  /** What is visible once it is loaded. */
  readonly there: (page: Page, wizard: Wizard) => Locator;
  /** Retries, if "Try again" does not. */
  readonly again?: (page: Page) => Promise<void>;
}

const heading = (name: string) => (page: Page) => page.getByRole('heading', { level: 1, name });
const view = (at: string, name: string): Visit => ({ at: `?view=${at}`, there: heading(name) });
const step = (name: string, there: Visit['there']): Visit => ({
  go: (page) =>
    page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .click(),
  there,
});

/** Presses a shortcut until the page follows it: the shortcuts load after the page. */
const press = (keys: string) => (page: Page) =>
  expect(async () => {
    await page.keyboard.press(keys);
    await expect(page.getByText(FAILED).or(page.getByRole('dialog')).first()).toBeVisible({ timeout: 500 });
  }).toPass();

const ownFiles = async (page: Page) => {
  await page
    .getByLabel('Server files')
    .setInputFiles({ name: 'pg_hba.conf', mimeType: 'text/plain', buffer: Buffer.from(LARGE.slice(0, 2000)) });
};

/** Presses every "Try again" that there is, each once. That of a part that fails late may come while another is pressed. */
async function tryAgain(page: Page): Promise<void> {
  const buttons = page.getByRole('button', { name: 'Try again' });
  while ((await buttons.count()) > 0) {
    const pressed = await buttons.first().elementHandle();
    await pressed?.click();
    await expect.poll(() => pressed?.evaluate((button) => button.isConnected)).toBe(false);
    await expect(page.getByRole('button', { name: 'Loading…' })).toHaveCount(0);
  }
}

/** How to reach each part that loads when it is first needed. */
const visits: Readonly<Record<string, Visit>> = {
  start: { there: (_, wizard) => wizard.result().getByRole('tab', { name: 'All files' }) },
  Crashed: {
    alone: true,
    go: async (page, wizard) => {
      // Simulates a fault in the page: this label cannot be shown.
      await page.evaluate(() => {
        const set = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent')?.set;
        Object.defineProperty(Node.prototype, 'textContent', {
          set(this: Node, text: string) {
            if (String(text).startsWith('DNS name')) throw new Error('no label');
            set?.call(this, text);
          },
        });
      });
      await visits.ServerStep?.go?.(page, wizard);
    },
    there: (page) => page.getByRole('heading', { name: 'Something went wrong' }),
  },
  Plan: { there: (_, wizard) => wizard.result().getByRole('tab', { name: 'All files' }) },
  DownloadButton: { there: (page) => page.getByRole('button', { name: 'Download', exact: true }).first() },
  Banners: { at: '?view=map#s', there: (page) => page.getByText(/The link is damaged|Link opened/) },
  Above: {
    go: (page) => page.getByRole('button', { name: 'Search screens, fields, and files' }).click(),
    there: (page) => page.getByRole('combobox').last(),
  },
  'open-pasted': {
    at: '?',
    go: async (page) => {
      await page.getByLabel('Error message or server log').fill('FATAL: no pg_hba.conf entry');
      await page.locator('form').last().getByRole('button').click();
    },
    again: async (page) => {
      const button = page.locator('form').last().getByRole('button');
      if (await button.isVisible()) await button.click();
    },
    there: (page) => page.getByRole('heading', { level: 1, name: /error/i }),
  },
  SidePane: { there: (_, wizard) => wizard.result().getByRole('tab', { name: 'All files' }) },
  Sheet: { phone: true, there: (page) => page.getByRole('button', { name: /files · / }) },
  Gallery: {
    go: (page) => page.getByRole('button', { name: 'Examples', exact: true }).click(),
    there: (page) => page.getByRole('button', { name: /^Use / }).first(),
  },
  ServerStep: step('Server', (page) => page.getByLabel('DNS name', { exact: true })),
  NetworkStep: step('Network', (page) => page.getByRole('main').locator('input').first()),
  ClientsStep: step('Clients', (page) => page.getByLabel('Source networks', { exact: true })),
  SecurityStep: step('Security', (page) => page.getByRole('main').locator('input, select').first()),
  OperationStep: step('Operations', (page) => page.getByRole('main').locator('input, select').first()),
  ReviewStep: {
    go: (page) => page.getByRole('button', { name: 'Download', exact: true }).first().click(),
    there: (page) => page.getByLabel('Title', { exact: true }),
  },
  archive: {
    go: async (page) => {
      await page.getByRole('button', { name: 'Download', exact: true }).first().click();
      await page.getByRole('button', { name: 'Download .zip' }).click();
    },
    again: (page) => page.getByRole('button', { name: 'Download .zip' }).click(),
    there: (page) => page.getByText(/\.zip downloaded\./),
  },
  'open-screen': {
    at: '?view=map#s',
    // Whether the link is good is known once the part that reads it is there.
    there: (page) => page.getByText(/The link is damaged|Link opened/),
  },
  AuditScreen: view('audit', 'Audit'),
  UpgradeSection: {
    at: '?view=audit',
    go: ownFiles,
    there: (page) => page.getByRole('heading', { name: 'Upgrade check' }),
  },
  MigrationDialog: {
    at: '?view=audit',
    go: async (page) => {
      await page.getByLabel('Server files').setInputFiles({
        name: 'pg_hba.conf',
        mimeType: 'text/plain',
        buffer: Buffer.from('host all all 10.0.0.0/8 md5\n'),
      });
      await page.getByRole('button', { name: 'Plan the migration' }).first().click();
    },
    there: (page) => page.getByRole('dialog'),
  },
  Editor: { at: '?view=audit', there: (page) => page.getByRole('textbox', { name: /^Contents of pg_hba/ }) },
  MapScreen: view('map', ''),
  CompareScreen: view('compare', ''),
  TextDifference: { at: '?view=compare', go: ownFiles, there: (page) => page.locator('.cm-mergeView') },
  ImportScreen: view('import', ''),
  PathScreen: view('path', ''),
  RefusalScreen: view('refusal', ''),
  LogScreen: view('log', 'Which rules are used?'),
  ReferenceScreen: view('targets', ''),
  CertificateScreen: view('certificate', ''),
  DatabaseComparisonScreen: view('database-comparison', ''),
  PlansScreen: view('plans', 'Your plans'),
  'shown-settings': {
    at: '?',
    go: async (page) => {
      await page.getByLabel('Error message or server log').fill('name | setting\nssl | on\n');
      await page.getByRole('button', { name: 'Check the settings' }).click();
    },
    again: async (page) => {
      const button = page.getByRole('button', { name: 'Check the settings' });
      if (await button.isVisible()) await button.click();
    },
    there: heading('Audit'),
  },
  Palette: { go: press('Control+k'), there: (page) => page.getByRole('combobox').last() },
  Help: { go: press('?'), there: (page) => page.getByRole('dialog') },
  RenderedMarkdown: {
    go: async (_, wizard) => {
      await wizard.tab('All files');
      await wizard
        .result()
        .getByRole('button', { name: /README\.md/, expanded: false })
        .first()
        .click();
    },
    there: (_, wizard) =>
      wizard
        .result()
        .getByRole('button', { name: /^Copy the (code|commands)|^Copy code/ })
        .first(),
  },
  export: {
    go: (_, wizard) =>
      wizard
        .result()
        .getByRole('button', { name: /as SVG/ })
        .click(),
    again: (page) => page.getByRole('button', { name: /as SVG/ }).click(),
    there: (page) => page.getByText(/\.svg downloaded/),
  },
  ExpressForm: view('express', 'Quick setup'),
};

const { parts, first } = chunks();

test('every part of the build that loads lazily has a way to it here', () => {
  expect([...parts.keys()].sort()).toEqual(Object.keys(visits).sort());
});

/**
 * The chunk that each part is named after, and the shared chunks that most parts need; with POSTERN_MORE every chunk,
 * with the part that needs the fewest others beside it. All are loaded and retried by the same code.
 */
const cases = new Map<string, string>();
const users = (chunk: string): number => [...parts.values()].filter((needs) => needs.has(chunk)).length;
for (const [part, needs] of [...parts].sort(([, a], [, b]) => a.size - b.size)) {
  for (const chunk of needs) {
    const isOwn = chunk.startsWith(`${part}-`);
    if (!cases.has(chunk) && (isOwn || users(chunk) > 15 || Number(process.env.POSTERN_MORE) > 1))
      cases.set(chunk, part);
  }
}

for (const [chunk, part] of cases) {
  test(`without ${chunk} the page still works, and loads it on retry: ${part}`, async ({ page }) => {
    const { at = '', phone, alone, go, there, again } = visits[part] ?? { there: () => page.locator('body') };
    const wizard = new Wizard(page);
    if (phone) await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/?view=plan');
    await page.getByRole('radio', { name: /^VPN/ }).check();
    await page.route(`**/${chunk}`, (route) => route.abort());
    await page.goto(at === '' ? '/?view=plan' : `/${at}`);
    if (go) await go(page, wizard);
    await expect(page.getByText(FAILED).first()).toBeVisible();
    // The rest of the page is visible.
    if (!alone)
      await expect(page.getByRole('navigation', { name: 'Views' }).or(page.getByRole('banner')).first()).toBeVisible();

    await page.unroute(`**/${chunk}`);
    // A part may fail only now, of a request that was made before: its button comes after those that were pressed.
    await expect(async () => {
      if (again) await again(page);
      else await tryAgain(page);
      await expect(there(page, wizard).first()).toBeVisible({ timeout: 3000 });
      // A banner about another part may appear only once it is loaded itself.
      await expect(page.getByText(FAILED)).toHaveCount(0, { timeout: 1000 });
    }).toPass();
    await expect(page.getByText(FAILED)).toHaveCount(0);
    // Nothing typed is lost.
    expect(await page.evaluate(() => localStorage.getItem('postern.draft'))).toContain('"pattern":"vpn"');
  });
}

test('a failed retry says so and offers another; the focus moves to what was loaded', async ({ page }) => {
  await page.route('**/MapScreen-*.js', (route) => route.abort());
  await page.goto('/?view=map');
  const retry = page.getByRole('button', { name: 'Try again' });
  await expect(page.getByRole('alert')).toContainText(FAILED);
  await expect(page.getByRole('alert')).toContainText('Your plan is saved in this browser.');
  await retry.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Loading failed again.')).toBeVisible();
  await expect(retry).toBeFocused();
  await page.unroute('**/MapScreen-*.js');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('one press is enough where it joins a request that began before the connection was back', async ({ page }) => {
  let requests = 0;
  let refused = Number.POSITIVE_INFINITY;
  await page.route('**/NetworkStep-*.js', async (route) => {
    requests += 1;
    refused -= 1;
    if (refused >= 0) await route.abort();
    else await route.continue();
  });
  await page.goto('/?view=plan');
  await visits.NetworkStep?.go?.(page, new Wizard(page));
  await expect(page.getByText(FAILED)).toBeVisible();
  // That of the step, and that of the screens that load ahead.
  await expect.poll(() => requests).toBe(2);
  refused = 1;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('main').locator('input').first()).toBeVisible();
  await expect(page.getByText(FAILED)).toHaveCount(0);
  expect(requests).toBe(4);
});

test('a server that answers with another page, as after a new deployment, is distinguished from no answer', async ({
  page,
}) => {
  await page.route('**/MapScreen-*.js', (route) => route.fulfill({ contentType: 'text/html', body: '<p>' }));
  await page.goto('/?view=map');
  await expect(page.getByRole('alert')).toContainText('reload the page to get the new version');
  await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible();
});

/** One in six, because the same code of the page notices each; with POSTERN_MORE all. */
const needed = [...first].filter((_, at) => at % 6 === 0 || Number(process.env.POSTERN_MORE) > 1);

for (const chunk of needed) {
  test(`without ${chunk}, which everything needs, the page says that it cannot start`, async ({ page }) => {
    await page.route(`**/${chunk}`, (route) => route.abort());
    await page.goto('/');
    await expect(page.getByText('Postern has not started.')).toBeVisible({ timeout: 20_000 });
  });
}

for (const how of ['cannot be reached', 'is another page']) {
  test(`a core worker whose script ${how} says so, and starts when tried again`, async ({ page }) => {
    const wizard = new Wizard(page);
    let requests = 0;
    await page.route('**/core.worker-*.js', (route) => {
      requests += 1;
      return how === 'is another page' ? route.fulfill({ contentType: 'text/html', body: '<p>' }) : route.abort();
    });
    await wizard.open();
    await expect(page.getByText(FAILED)).toBeVisible();
    await expect(wizard.result().getByRole('status').first()).toContainText("The files for this plan couldn't be");
    await expect(page.getByText('Generating files…')).toHaveCount(0);
    await wizard.step('Server');
    const before = requests;
    await wizard.field('DNS name').fill('typed.postern.test');
    // Typing starts the worker again. On a slow machine that request would otherwise come after the next line.
    await expect.poll(() => requests).toBeGreaterThan(before);
    await page.unroute('**/core.worker-*.js');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await wizard.tab('pg_hba.conf');
    await expect(wizard.fileText(/pg_hba\.conf/)).toBeVisible();
    await expect(page.getByText(FAILED)).toHaveCount(0);
    await expect(wizard.field('DNS name')).toHaveValue('typed.postern.test');
  });

  test(`an engine worker whose script ${how} says so, and starts when tried again`, async ({ page }) => {
    await page.route('**/engine.worker-*.js', (route) =>
      how === 'is another page' ? route.fulfill({ contentType: 'text/html', body: '<p>' }) : route.abort(),
    );
    await page.goto('/?view=audit');
    await ownFiles(page);
    const findings = page.getByRole('region', { name: 'Findings' });
    await expect(findings.getByRole('status').first()).toContainText(FAILED);
    await page.unroute('**/engine.worker-*.js');
    await findings.getByRole('button', { name: 'Run again' }).click();
    await expect(findings).toContainText(/\d+ rules/);
    await expect(page.getByText(FAILED)).toHaveCount(0);
  });
}

for (const [at, name] of [
  ['import', 'Import existing configuration'],
  ['certificate', 'Will your clients accept this certificate?'],
  ['plan', 'How do clients reach the server?'],
] as const)
  test(`${name}: nothing is shown without the whole style sheet, which is requested again if it failed`, async ({
    page,
  }) => {
    let arrives: () => void = () => undefined;
    const allowed = new Promise<void>((resolve) => {
      arrives = resolve;
    });
    await page.route('**/assets/*.css', (route) => route.abort());
    await page.goto(`/?view=${at}`);
    await expect(page.getByText(FAILED).first()).toBeVisible();
    await page.unroute('**/assets/*.css');
    await page.route('**/assets/*.css', async (route) => {
      await allowed;
      await route.continue();
    });
    const requested = page.waitForRequest('**/assets/*.css');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await requested;
    await page.waitForTimeout(500);
    await expect(page.getByRole('heading', { level: 1, name })).toHaveCount(0);
    arrives();
    await tryAgain(page);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    // A class that only the whole style sheet has.
    await expect
      .poll(() =>
        page.evaluate(() => {
          const probe = document.createElement('div');
          probe.className = 'border-dashed';
          document.body.append(probe);
          const { borderTopStyle } = getComputedStyle(probe);
          probe.remove();
          return borderTopStyle;
        }),
      )
      .toBe('dashed');
  });

test('a link waits for no worker that cannot start, and opens when tried again', async ({ page }) => {
  const wizard = new Wizard(page);
  await wizard.open();
  await page.getByRole('button', { name: 'Download', exact: true }).first().click();
  await expect(wizard.field('Link to this plan')).toHaveValue(/#a/);
  const link = await wizard.field('Link to this plan').inputValue();
  await page.evaluate(() => localStorage.clear());
  await page.route('**/core.worker-*.js', (route) => route.abort());
  await page.goto('about:blank');
  await page.goto(link);
  const refused = page.getByText('The link was not opened. Your draft is unchanged.');
  await expect(refused).toContainText(FAILED);
  await page.unroute('**/core.worker-*.js');
  await page
    .getByRole('region', { name: 'Notice' })
    .filter({ has: refused })
    .getByRole('button', { name: 'Try again' })
    .click();
  await expect(page.getByText('This plan came from a link.')).toBeVisible();
});

test('a certificate says that its reader could not be loaded, and is read when tried again', async ({ page }) => {
  await page.route('**/certificates-*.js', (route) => route.abort());
  await page.goto('/?view=certificate');
  await page.getByRole('textbox').first().fill('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  await expect(page.getByRole('alert').filter({ hasText: FAILED }).first()).toBeVisible();
  await page.unroute('**/certificates-*.js');
  await tryAgain(page);
  await expect(page.getByText('is not an X.509 certificate, or it is damaged')).toBeVisible();
});

test('examples without a connection say so at once, and load when tried again', async ({ page, context }) => {
  await page.goto('/?view=plan');
  await expect(page.getByRole('tab', { name: 'All files' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Examples', exact: true }).click();
  const retry = page.getByRole('button', { name: 'Try again' });
  await expect(retry).toBeVisible();
  await context.setOffline(false);
  await tryAgain(page);
  await expect(page.getByRole('button', { name: /^Use / }).first()).toBeVisible();
});
