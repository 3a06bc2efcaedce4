import { expect, type Locator, type Page } from '@playwright/test';

/** The screens about server files. */
export class ServerFiles {
  constructor(readonly page: Page) {}

  async open(view: string, heading: string): Promise<void> {
    await this.page.goto(`/?view=${view}`);
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  }

  /** Adds files with the file chooser. */
  async add(files: Readonly<Record<string, string>>): Promise<void> {
    await this.page
      .getByLabel('Server files')
      .setInputFiles(
        Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })),
      );
  }

  editor(name = 'pg_hba.conf'): Locator {
    return this.page.getByRole('textbox', { name: `Contents of ${name}` });
  }

  /** The link that the button copies, with the text of the files or without. */
  async link(withTexts: boolean): Promise<string> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.getByLabel(/^Include .*the file contents$/).setChecked(withTexts);
    await this.page.getByRole('button', { name: 'Copy link' }).click();
    await expect(this.page.getByText(/copied/i).first()).toBeVisible();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}

/** A pg_hba.conf as on large multi-tenant servers: 5,000 distinct records. */
export const LARGE = Array.from({ length: 5000 }, (_, line) =>
  line % 10 === 0
    ? `# customer ${line / 10}`
    : `hostssl  db${line % 400}  app${line % 90}  10.${line % 200}.${(line * 7) % 250}.0/24  scram-sha-256`,
).join('\n');
