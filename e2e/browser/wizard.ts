import { expect, type Locator, type Page } from '@playwright/test';
import { saveOwn } from './own-draft.ts';

const PATTERNS = { Direct: 'direct', VPN: 'vpn', 'Private subnet': 'private', Bastion: 'bastion' } as const;
export type PatternName = keyof typeof PATTERNS;

/** The actions of a user in the wizard, by role and label. */
export class Wizard {
  constructor(readonly page: Page) {}

  async open(fragment = ''): Promise<void> {
    await this.page.goto(`/?view=plan${fragment}`);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /** Opens a plan of this pattern in which everything is answered. */
  async openOwn(pattern: PatternName): Promise<void> {
    await saveOwn(this.page, PATTERNS[pattern]);
    await this.open();
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  async choosePattern(name: PatternName): Promise<void> {
    await this.page
      .getByRole('radio', { name: new RegExp(`^${name}`) })
      .and(this.page.locator('[name=pattern]'))
      .check();
  }

  /** Continues with the button at the end of the screen. */
  async next(heading: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Next: / }).click();
    await expect(this.heading(heading)).toBeVisible();
    await this.ready();
  }

  /** Screens load when they are first visited. */
  async ready(): Promise<void> {
    await expect(this.page.getByText('Loading…')).toHaveCount(0);
  }

  async step(name: string): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: new RegExp(`${name}`) })
      .first()
      .click();
    await this.ready();
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  /** Adds entries to a list by typing: text, Enter. */
  async add(label: string, ...entries: readonly string[]): Promise<void> {
    const input = this.field(label);
    for (const entry of entries) {
      await input.fill(entry);
      await input.press('Enter');
    }
  }

  /** Empties a list with Backspace. */
  async clear(label: string): Promise<void> {
    const input = this.field(label);
    await input.focus();
    const tokens = this.page.locator(`div:has(> input[id="${await input.getAttribute('id')}"]) [data-token]`);
    for (let count = await tokens.count(); count > 0; count--) {
      await input.press('Backspace');
      await expect(tokens).toHaveCount(count - 1);
    }
  }

  async replace(label: string, ...entries: readonly string[]): Promise<void> {
    await this.clear(label);
    await this.add(label, ...entries);
  }

  /** Waits for the first generated files. Without them, a change has no earlier files to compare with. */
  async generated(): Promise<void> {
    await expect(this.result().getByRole('tab', { name: 'All files' })).toBeVisible();
  }

  result(): Locator {
    return this.page.getByRole('complementary', { name: 'Generated files' });
  }

  /** Shows a tab of the generated files, which otherwise follows the step. */
  async tab(name: string | RegExp): Promise<void> {
    await this.result().getByRole('tab', { name }).click();
  }

  /** The contents of a file; the tab that has it must be shown. */
  fileText(name: RegExp): Locator {
    return this.result().getByRole('region', { name });
  }

  async noProblems(): Promise<void> {
    await expect(this.page.getByRole('button', { name: /\d+ problems?/ })).toHaveCount(0);
  }

  /** Every file row of the result, by machine. */
  async machines(): Promise<string[]> {
    return this.result().getByRole('heading', { level: 4 }).allInnerTexts();
  }
}
