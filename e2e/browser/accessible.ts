import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The two views that differ most: a wide screen with light colors, a phone with dark ones. */
export const views = [
  { name: 'wide, light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'phone, dark', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

interface Options {
  /** Describes the state of the page in the message of a failure. */
  readonly state?: string;
  /** Fails only for findings that axe calls serious or critical. */
  readonly seriousOnly?: boolean;
  /** Parts of the page to leave out, as a selector. */
  readonly without?: string;
}

/** Fails if axe finds a problem on the page, or if the page scrolls sideways. */
export async function expectAccessible(
  page: Page,
  { state = 'the page', seriousOnly = false, without }: Options = {},
): Promise<void> {
  // The default mode opens a second page for each analysis to support frames. No page here has frames.
  const whole = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (without === undefined ? whole : whole.exclude(without)).analyze();
  const found = violations.filter(({ impact }) => !seriousOnly || impact === 'serious' || impact === 'critical');
  expect(
    found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    state,
  ).toEqual([]);
  // The layout may still be settling: a page that stays too wide fails.
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), {
      message: `${state} scrolls sideways`,
      timeout: 5000,
    })
    .toBeLessThanOrEqual(0);
}
