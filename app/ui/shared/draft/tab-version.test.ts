import fc from 'fast-check';
import { afterAll, expect, it, vi } from 'vitest';
import * as core from '../../../core/index.ts';
import { newName } from './new-name.ts';
import { includes, together, withChange } from './seen.ts';

type Versions = typeof import('./tab-version.ts');
type Savings = typeof import('./saved.ts');
type Saved = import('./saved.ts').Saved;

// Each tab is a separate module instance; the core, which is stateless, is loaded once.
vi.doMock('../../core/index.ts', () => core);

/** Storage as in browsers: what one tab writes, the others are notified of later. */
class FakeStorage {
  [name: string]: unknown;
  constructor(wrote: (key: string, text: string | null) => void = () => undefined) {
    const define = (name: string, value: unknown) => Object.defineProperty(this, name, { value, enumerable: false });
    define('getItem', (key: string) => (Object.hasOwn(this, key) ? this[key] : null));
    define('setItem', (key: string, text: string) => {
      if (this[key] === text) return;
      this[key] = text;
      wrote(key, text);
    });
    define('removeItem', (key: string) => {
      if (!Object.hasOwn(this, key)) return;
      delete this[key];
      wrote(key, null);
    });
  }
}

class Browser {
  readonly tabs: Tab[] = [];
  acting: Tab | undefined;
  readonly local = new FakeStorage((key, text) => {
    for (const tab of this.tabs) if (tab !== this.acting && key === 'postern.draft') tab.news.push(text);
  });

  async open(): Promise<Tab> {
    const tab = new Tab(this);
    await tab.load();
    this.tabs.push(tab);
    return tab;
  }

  /** All saved texts, under any key. */
  saved(): string {
    return Object.values(this.local).join('\n');
  }
}

class Tab {
  readonly session = new FakeStorage();
  news: (string | null)[] = [];
  state: Saved = { draft: core.defaultPlan('direct'), kept: null, plan: '' };
  versions!: Versions;
  savings!: Savings;

  constructor(readonly browser: Browser) {}

  /** Loads the page, for the first time or again. */
  async load(): Promise<void> {
    vi.resetModules();
    this.versions = await import('./tab-version.ts');
    this.savings = await import('./saved.ts');
    this.news = [];
    this.state = { draft: core.defaultPlan('direct'), kept: null, plan: '' };
    this.act(() => {
      const found = this.versions.savedDrafts.getItem('postern.draft');
      if (found && 'state' in found) this.state = found.state;
    });
  }

  act<T>(does: () => T): T {
    this.browser.acting = this;
    vi.stubGlobal('localStorage', this.browser.local);
    vi.stubGlobal('sessionStorage', this.session);
    return does();
  }

  show(state: Saved): void {
    this.state = state;
    this.act(() => this.versions.savedDrafts.setItem('postern.draft', { state }));
  }

  type(word: string): void {
    const { draft } = this.state;
    this.show({ ...this.state, draft: { ...draft, notes: `${draft.notes}${word} ` } });
  }

  openLink(word: string): void {
    if (this.state.kept) return;
    const draft = { ...core.defaultPlan('vpn'), notes: `${word} ` };
    this.show({ draft, kept: this.state.draft, plan: newName() });
  }

  hear(): void {
    const text = this.news.shift();
    if (text === undefined) return;
    const state = this.act(() => this.versions.noteSaved(text, this.state));
    if (state) this.show(state);
  }

  keep(): void {
    this.act(() => this.versions.keepThisVersion());
  }

  open(): void {
    const state = this.act(() => this.versions.takeOtherVersion());
    if (state) this.show(state);
  }

  exchange(): void {
    const [aside] = this.savings.useSaving.getState().aside;
    const state = aside && this.act(() => this.versions.exchange(aside));
    if (state) this.show(state);
  }
}

const acts = ['type', 'openLink', 'hear', 'load', 'keep', 'open', 'exchange'] as const;

afterAll(() => vi.unstubAllGlobals());

it('loses nothing that was typed in any tab, in any order of notifications and for any decision of the user', async () => {
  const steps = fc.array(fc.record({ tab: fc.nat(2), act: fc.constantFrom('type', 'hear', ...acts) }), {
    maxLength: 25,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const browser = new Browser();
      for (let tab = 0; tab < 3; tab++) await browser.open();
      const words: string[] = [];
      for (const { tab: number, act } of taken) {
        const tab = browser.tabs[number] as Tab;
        if (act === 'type' || act === 'openLink') {
          if (act === 'openLink' && tab.state.kept) continue;
          words.push(`word${words.length}.`);
          tab[act](words.at(-1) as string);
        } else await tab[act]();
        const saved = browser.saved();
        for (const word of words) expect(saved, `${word} after ${act}`).toContain(word);
      }
    }),
    { numRuns: 100 },
  );
});

it('makes all tabs show the same plan once they have been notified of each other', async () => {
  const browser = new Browser();
  const [a, b] = [await browser.open(), await browser.open()];
  a.type('one');
  b.hear();
  b.type('two');
  a.hear();
  expect(a.state.draft.notes).toBe('one two ');
  expect(b.state).toEqual(a.state);
});

it('determines which of two versions includes the other', () => {
  const first = withChange({}, 'a');
  const [left, right] = [withChange(first, 'a'), withChange(first, 'b')];
  expect([includes(left, first), includes(first, left)]).toEqual([true, false]);
  expect([includes(left, right), includes(right, left)]).toEqual([false, false]);
  expect(includes(together(left, right), left) && includes(together(left, right), right)).toBe(true);
  let many = first;
  for (let tab = 0; tab < 40; tab++) many = withChange(many, `tab ${tab}`);
  expect(Object.keys(many)).toHaveLength(16);
});
