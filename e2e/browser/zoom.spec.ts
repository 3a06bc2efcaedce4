import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';

const views = [
  ['start page', '/'],
  ['plan step', '/?view=plan'],
  ['audit', '/?view=audit'],
  ['access map', '/?view=map'],
] as const;

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Loading…')).toHaveCount(0);
  const example = page.getByRole('button', { name: 'Load example' }).first();
  if (/audit|map/.test(address) && (await example.count()) > 0) await example.click();
}

/** Texts and controls that reach beyond the screen, except in a box that scrolls by itself. */
const beyond = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const { right, width, height } = element.getBoundingClientRect();
        if (width <= 1 || height <= 1 || right <= innerWidth + 1) return false;
        for (let outer = element.parentElement; outer; outer = outer.parentElement)
          if (/auto|scroll|hidden/.test(getComputedStyle(outer).overflowX)) return false;
        return true;
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );

/** 1280 pixels at 400 % are 320 (WCAG 1.4.10, "Reflow"). */
test.describe('at 400 % zoom', () => {
  test.use({ viewport: { width: 320, height: 256 } });
  for (const [name, address] of views) {
    test(`the ${name} needs no scrolling sideways`, async ({ page }) => {
      await open(page, address);
      expect(await beyond(page)).toEqual([]);
      await expectAccessible(page, { state: name });
      // What is fixed must leave room to read.
      const fixed = await page.evaluate(() =>
        [...document.querySelectorAll('body *')]
          .filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
          .filter((element) => element.checkVisibility({ visibilityProperty: true }))
          .map((element) => element.getBoundingClientRect())
          .filter(({ width, bottom, top }) => width > innerWidth / 2 && bottom > 0 && top < innerHeight)
          .reduce((sum, { height }) => sum + height, 0),
      );
      expect(fixed, 'pixels of the screen that are always covered').toBeLessThan(110);
    });
  }
});

test.describe('with forced colors', () => {
  test.use({ forcedColors: 'active', viewport: { width: 1440, height: 900 } });
  for (const [name, address] of views) {
    test(`the ${name} shows the focus, and what is selected`, async ({ page }) => {
      await open(page, address);
      const outlines = new Set<string>();
      for (let presses = 0; presses < 30; presses++) {
        await page.keyboard.press('Tab');
        // The editor marks its box 10 ms after it has the focus.
        await page.waitForTimeout(50);
        const state = await page.evaluate(() => {
          let focused = document.activeElement as HTMLElement;
          // The editor has its own style sheets in a shadow tree.
          while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement as HTMLElement;
          if (focused === document.body) return 'solid';
          // A text field in a box marks the box.
          for (let element: HTMLElement | null = focused; element; element = element.parentElement) {
            const { outlineStyle, outlineWidth } = getComputedStyle(element);
            if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) return outlineStyle;
            if (!element.parentElement?.matches('div, span, section')) break;
          }
          return `none: ${focused.outerHTML.slice(0, 140)}`;
        });
        outlines.add(state);
      }
      expect([...outlines].filter((outline) => outline.startsWith('none'))).toEqual([]);
      // The current entry of each navigation differs from the others by more than a background.
      const unmarked = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[aria-current], [data-current], [role=tab][aria-selected=true]')]
          .filter((element) => element.checkVisibility())
          .filter((element) => {
            const { borderTopWidth, borderTopStyle, borderBottomWidth, outlineStyle, forcedColorAdjust } =
              getComputedStyle(element);
            const bordered = borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0;
            return !(
              bordered ||
              Number.parseFloat(borderBottomWidth) > 0 ||
              outlineStyle !== 'none' ||
              forcedColorAdjust === 'none'
            );
          })
          .map((element) => element.outerHTML.slice(0, 140)),
      );
      expect(unmarked).toEqual([]);
      await expectAccessible(page, { state: name, seriousOnly: true });
    });
  }
});

test.describe('with reduced motion', () => {
  test.use({ reducedMotion: 'reduce' });
  for (const [name, address] of views) {
    test(`nothing moves on the ${name}`, async ({ page }) => {
      await open(page, address);
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
          const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element);
          const lasts = [...transitionDuration.split(','), ...animationDuration.split(',')].some(
            (duration) => Number.parseFloat(duration) > 0.001,
          );
          return lasts || scrollBehavior === 'smooth' ? [element.outerHTML.slice(0, 120)] : [];
        }),
      );
      expect(moving).toEqual([]);
    });
  }
});
