// @vitest-environment happy-dom
import { within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownPlan } from '../../../../core/testing/own-plan.ts';
import { useAnswers } from '../../../shared/answers/store.ts';
import { useNotice } from '../../../shared/browser/announce.ts';
import { withAt } from '../../../shared/draft/at.ts';
import type { Draft } from '../../../shared/draft/draft.ts';
import { change, openPlan } from '../../../shared/draft/store.ts';
import { t } from '../../../shared/messages/translate.ts';
import { usePlace } from '../../../shared/navigation/place.ts';
import { announced, answerDraft, screen, setProgress, show } from '../../../shared/testing/component.tsx';
import { ResultPane } from './ResultPane.tsx';

const direct: Draft = ownPlan('direct');
const withUfw = withAt(direct, 'firewall.kind', 'ufw');

const steps = () => useAnswers.getState().made?.bundle.steps ?? [];
const tick = (title: RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name: title });
const copyButton = (title: RegExp) => screen.getByRole('button', { name: title });
const clipboard = () => navigator.clipboard.readText();
const manual = () => screen.getByRole('radio', { name: t('commands.method.manual') });
const tabText = () => screen.getByRole('tab', { name: /^Commands/ }).textContent;

const INSTALL = /^Done: Database server, Install the files/;
const CA = /^Done: Your own machine, Create the CA/;

beforeEach(() => {
  localStorage.removeItem('postern.done');
  // Other tabs hear of it, as this one must.
  window.dispatchEvent(new StorageEvent('storage', { key: 'postern.done' }));
  usePlace.setState({ group: 'rollout' });
});

describe('the commands', () => {
  it('are the steps of the runbook, machine by machine, and each is copied as it is', async () => {
    const user = show(<ResultPane />);
    answerDraft();
    const undo = { title: t('commands.undo'), steps: useAnswers.getState().made?.bundle.undo ?? [] };
    const groups = [...steps(), undo];
    expect(screen.getAllByRole('heading', { level: 4 }).map((heading) => heading.textContent)).toEqual(
      groups.map((one) => `${one.title} ${t('commands.progress', { done: 0, count: one.steps.length })}`),
    );
    expect(screen.getAllByRole('heading', { level: 5 }).map((heading) => heading.textContent)).toEqual(
      groups.flatMap((group) => group.steps.map(({ title }, index) => `${index + 1}. ${title}`)),
    );
    await user.click(copyButton(/^Copy the commands of Database server, step 2: Install the files/));
    expect(await clipboard()).toBe('sudo bash database-server/apply.sh\n');
    expect(announced()).toBe(t('commands.copied'));
    await user.click(copyButton(/^Copy the commands of Undo, step 1/));
    expect(await clipboard()).toBe('sudo bash database-server/apply.sh --undo\n');
  });

  it('are plain ufw commands if the files are installed by hand', async () => {
    const user = show(<ResultPane />, withUfw);
    answerDraft();
    await user.click(manual());
    expect(screen.queryByRole('checkbox', { name: INSTALL })).toBeNull();
    await user.click(copyButton(/: Set the firewall rules$/));
    const lines = (await clipboard()).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line).toMatch(/^sudo ufw /);
    expect(lines.at(-1)).toBe('sudo ufw --force enable');
    const output = screen.getByRole('region', { name: /: Check the firewall$/ }).textContent;
    expect(output).toMatch(/^Status: active\n/);
    expect(output).toContain('# postern postgresql: everyone else');
  });

  it('are not copied while the result is outdated', async () => {
    const user = show(<ResultPane />);
    answerDraft();
    await navigator.clipboard.writeText('before');
    setProgress({ kind: 'generating', since: performance.now() });
    await user.click(copyButton(/step 2: Install the files/));
    expect(await clipboard()).toBe('before');
  });

  it('say which lines the last answer changed', async () => {
    const user = show(<ResultPane />, withUfw);
    answerDraft();
    expect(tabText()).toBe('Commands');
    await user.click(manual());
    change('clients.0.sources', ['10.11.0.0/16']);
    answerDraft();
    expect(tabText()).toMatch(/^Commands\+1 −2/);
    const changed = screen.getAllByText(t('files.lineChanged')).map((mark) => mark.parentElement?.textContent);
    expect(changed).toHaveLength(1);
    expect(changed[0]).toContain('10.11.0.0/16');
  });
});

describe('a tick', () => {
  it('is kept for its plan, and other plans have none', async () => {
    const user = show(<ResultPane />);
    answerDraft();
    await user.click(tick(INSTALL));
    expect(tick(INSTALL).checked).toBe(true);
    expect(screen.getByText(/^1 of \d+ done$/)).toBeTruthy();
    expect(localStorage.getItem('postern.done')).toContain('database-server: Install the files');
    openPlan(direct);
    answerDraft();
    expect(tick(INSTALL).checked).toBe(false);
  });

  it('no longer counts once the files of its step have changed, and says so', async () => {
    const user = show(<ResultPane />);
    answerDraft();
    await user.click(tick(INSTALL));
    await user.click(tick(CA));
    change('clients.0.sources', ['10.11.0.0/16']);
    answerDraft();
    expect(tick(INSTALL).checked).toBe(false);
    // The certificates are the same.
    expect(tick(CA).checked).toBe(true);
    expect(screen.getAllByText(t('commands.earlier'))).toHaveLength(1);
    const row = tick(INSTALL).closest('li') as HTMLElement;
    expect(within(row).getByText(t('commands.earlier'))).toBeTruthy();
    await user.click(tick(INSTALL));
    expect(screen.queryByText(t('commands.earlier'))).toBeNull();
  });

  it('is removed by "Clear ticks", which can be undone', async () => {
    const user = show(<ResultPane />);
    answerDraft();
    const clear = screen.getByRole<HTMLButtonElement>('button', { name: t('commands.clear') });
    expect(clear.disabled).toBe(true);
    await user.click(tick(INSTALL));
    await user.click(tick(CA));
    await user.click(clear);
    expect([tick(INSTALL).checked, tick(CA).checked]).toEqual([false, false]);
    expect(localStorage.getItem('postern.done')).toBe('{}');
    expect(announced()).toBe(t('commands.cleared'));
    useNotice.getState().notice?.undo?.();
    await screen.findByText(/^1 of 2 done$/);
    expect([tick(INSTALL).checked, tick(CA).checked]).toEqual([true, true]);
  });

  it.each(['no JSON', '[]', 'null', '{"":{"a":1}}', '{"":[]}'])('ignores damaged storage: %s', (text) => {
    localStorage.setItem('postern.done', text);
    window.dispatchEvent(new StorageEvent('storage', { key: 'postern.done' }));
    show(<ResultPane />);
    answerDraft();
    expect(tick(INSTALL).checked).toBe(false);
  });
});
