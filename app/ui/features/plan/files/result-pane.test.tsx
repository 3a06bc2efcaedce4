// @vitest-environment happy-dom
import { act, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPlan } from '../../../../core/index.ts';
import { useAnswers } from '../../../shared/answers/store.ts';
import { withAt } from '../../../shared/draft/at.ts';
import type { Draft } from '../../../shared/draft/draft.ts';
import { change } from '../../../shared/draft/store.ts';
import { t } from '../../../shared/messages/translate.ts';
import { usePlace } from '../../../shared/navigation/place.ts';
import type { Group } from '../../../shared/navigation/steps.ts';
import { announced, answerDraft, screen, setProgress, show } from '../../../shared/testing/component.tsx';
import { ResultPane } from './ResultPane.tsx';
import Sheet from './Sheet.tsx';

const direct: Draft = defaultPlan('direct');
const HBA = /pg_hba\.conf$/;

const bundle = () => useAnswers.getState().made?.bundle ?? { files: [], steps: [], findings: [] };
const file = (path: RegExp) => {
  const found = bundle().files.find((one) => path.test(one.path));
  if (!found) throw new Error(`no file is named ${path}`);
  return found;
};
const textOf = (path: RegExp) => screen.queryByRole('region', { name: t('files.text', { name: file(path).path }) });
const copyButton = (path: RegExp) => screen.getByRole('button', { name: t('files.copy', { name: file(path).path }) });
const rowOf = (path: RegExp) => copyButton(path).closest('li') as HTMLElement;
const toggle = (path: RegExp) => within(rowOf(path)).getAllByRole('button')[0] as HTMLElement;
const noticeText = () => screen.getAllByRole('status')[0]?.textContent ?? '';
const clipboard = () => navigator.clipboard.readText();

const goTo = (group: Group) => act(() => usePlace.setState({ group }));
const tab = (name: RegExp) => screen.getByRole('tab', { name });
const shownTab = () => screen.getByRole('tab', { selected: true }).textContent;

// Where the list of all files is.
beforeEach(() => usePlace.setState({ group: 'take' }));

/** The lines without those of the other text, each as often as it stands there. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

describe('without a result', () => {
  it('says that files are generated, and nothing else', () => {
    show(<ResultPane />);
    expect(screen.getByText(t('result.generating'))).toBeTruthy();
    expect(screen.queryByRole('region', { name: t('files.title') })).toBeNull();
  });

  it('shows the number of invalid answers, and links to the first', async () => {
    const onLeave = vi.fn();
    const user = show(<ResultPane onLeave={onLeave} />, withAt(direct, 'server.port', 'fifty'));
    answerDraft();
    expect(noticeText()).toContain(t('result.invalid', { count: 1 }));
    expect(noticeText()).toContain(t('result.noneYet'));
    expect(screen.queryByText(t('result.generating'))).toBeNull();
    await user.click(screen.getByRole('button', { name: t('result.firstProblem') }));
    expect(onLeave).toHaveBeenCalledOnce();
  });

  it('says that generating failed, and retries', async () => {
    const again = vi.fn();
    const user = show(<ResultPane />);
    useAnswers.setState({ again });
    setProgress({ kind: 'failed', why: 'a reason' });
    expect(noticeText()).toContain(t('result.failed'));
    expect(noticeText()).toContain(t('result.none'));
    await user.click(screen.getByRole('button', { name: t('load.retry') }));
    expect(again).toHaveBeenCalledOnce();
  });

  it('cancels a long answer, and generates afterwards', async () => {
    const [cancel, again] = [vi.fn(), vi.fn()];
    const user = show(<ResultPane />);
    useAnswers.setState({ cancel, again });
    setProgress({ kind: 'generating', since: performance.now() });
    await user.click(screen.getByRole('button', { name: t('result.cancel') }));
    expect(cancel).toHaveBeenCalledOnce();
    setProgress({ kind: 'canceled' });
    expect(noticeText()).toContain(t('result.canceled'));
    await user.click(screen.getByRole('button', { name: t('result.generate') }));
    expect(again).toHaveBeenCalledOnce();
  });
});

describe('the files', () => {
  it('are listed with pg_hba.conf open, and one is open at a time', async () => {
    const user = show(<ResultPane />);
    answerDraft();
    expect(screen.getAllByRole('button', { name: /^Copy .*\// }).length).toBeGreaterThan(0);
    expect(textOf(HBA)).not.toBeNull();
    expect(textOf(/postern\.conf$/)).toBeNull();
    await user.click(toggle(/postern\.conf$/));
    expect(textOf(/postern\.conf$/)).not.toBeNull();
    expect(textOf(HBA)).toBeNull();
    expect(toggle(/postern\.conf$/).getAttribute('aria-expanded')).toBe('true');
    await user.click(toggle(/postern\.conf$/));
    expect(textOf(/postern\.conf$/)).toBeNull();
  });

  it('show every line of the text, with its number', () => {
    show(<ResultPane />);
    answerDraft();
    const lines = within(textOf(HBA) as HTMLElement).getAllByRole('listitem');
    const text = file(HBA).content.replace(/\n$/, '').split('\n');
    expect(lines.map((line) => line.querySelector('code')?.textContent?.replace('\n', ''))).toEqual(text);
    const numbers = [...(textOf(HBA)?.querySelectorAll('[aria-hidden] > div') ?? [])];
    expect(numbers.map((number) => number.textContent)).toEqual(text.map((_, index) => String(index + 1)));
  });

  it('are copied in full, and the copy is confirmed', async () => {
    const user = show(<ResultPane />);
    answerDraft();
    await user.click(copyButton(HBA));
    expect(await clipboard()).toBe(file(HBA).content);
    expect(announced()).toBe(t('files.copied', { name: 'pg_hba.conf' }));
  });

  it('are neither copied nor marked as current while the result is outdated', async () => {
    const user = show(<ResultPane />);
    answerDraft();
    await navigator.clipboard.writeText('before');
    setProgress({ kind: 'generating', since: performance.now() });
    expect(copyButton(HBA).getAttribute('aria-disabled')).toBe('true');
    expect(noticeText()).toContain(t('result.outdated'));
    await user.click(copyButton(HBA));
    expect(await clipboard()).toBe('before');
    expect(announced()).toBe(t('result.notTaken'));
  });

  it('are copied from the answer that the click waits for', async () => {
    const user = show(<ResultPane />);
    answerDraft();
    const before = file(HBA).content;
    change('clients.0.roles', ['orders']);
    setProgress({ kind: 'updating' });
    await user.click(copyButton(HBA));
    answerDraft();
    await vi.waitFor(() => expect(announced()).toBe(t('files.copied', { name: 'pg_hba.conf' })));
    expect(await clipboard()).toBe(file(HBA).content);
    expect(await clipboard()).not.toBe(before);
  });
});

describe('the tabs', () => {
  it('open on pg_hba.conf, and show one file with its text', async () => {
    usePlace.setState({ group: 'choice' });
    const user = show(<ResultPane />);
    answerDraft();
    expect(shownTab()).toBe('pg_hba.conf');
    expect(textOf(HBA)).not.toBeNull();
    await user.click(tab(/^postgresql\.conf/));
    expect(textOf(HBA)).toBeNull();
    expect(textOf(/postern\.conf$/)).not.toBeNull();
    await user.click(copyButton(/postern\.conf$/));
    expect(await clipboard()).toBe(file(/postern\.conf$/).content);
  });

  it('follow the step, and stay as chosen until the step is another one', async () => {
    usePlace.setState({ group: 'clients' });
    const user = show(<ResultPane />);
    answerDraft();
    expect(shownTab()).toBe('pg_hba.conf');
    goTo('firewall');
    expect(shownTab()).toBe(t('files.tab.firewall'));
    await user.click(tab(/^Test/));
    change('clients.0.roles', ['orders']);
    answerDraft();
    expect(shownTab()).toMatch(/^Test/);
    goTo('tls');
    expect(shownTab()).toMatch(/^postgresql\.conf/);
    // Nothing fits this step better than what is shown.
    goTo('presets');
    expect(shownTab()).toMatch(/^postgresql\.conf/);
  });

  it('show the file that the answers of a step are for', async () => {
    usePlace.setState({ group: 'firewall' });
    const cloud = {
      ...{ provider: 'aws', format: 'cli', region: 'eu-central-1', vpc: 'vpc-01234567', rulesPerGroup: 60 },
      ...{ groupName: 'db', sources: null },
    };
    const user = show(<ResultPane />, withAt(defaultPlan('bastion'), 'cloud', cloud));
    answerDraft();
    expect(useAnswers.getState().issues).toEqual([]);
    const chosen = () => screen.getByRole<HTMLSelectElement>('combobox').value;
    expect(chosen()).toBe('database-server/firewall/ufw commands');
    goTo('cloud');
    expect(chosen()).toMatch(/^your-machine\/cloud\//);
    await user.selectOptions(screen.getByRole('combobox'), 'database-server/firewall/ufw.sh');
    change('title', 'db');
    answerDraft();
    expect(chosen()).toBe('database-server/firewall/ufw.sh');
    goTo('bastion');
    expect(shownTab()).toMatch(/^All files/);
    expect(textOf(/sshd_config/)).not.toBeNull();
    goTo('firewall');
    expect(chosen()).toBe('database-server/firewall/ufw commands');
  });

  it('are one stop of the Tab key, and the arrows go around', async () => {
    usePlace.setState({ group: 'choice' });
    const user = show(<ResultPane />);
    answerDraft();
    act(() => tab(/^pg_hba/).focus());
    await user.keyboard('{ArrowRight}');
    expect(shownTab()).toBe(t('files.tab.firewall'));
    expect(document.activeElement).toBe(tab(/^Firewall/));
    await user.keyboard('{End}');
    expect(shownTab()).toBe(t('files.tab.all'));
    await user.keyboard('{ArrowRight}');
    expect(shownTab()).toBe('postgresql.conf');
    await user.keyboard('{ArrowLeft}{Home}');
    expect(shownTab()).toBe('postgresql.conf');
    expect(screen.getAllByRole('tab').filter((one) => one.tabIndex === 0)).toEqual([tab(/^postgresql/)]);
  });

  it('say which files the last answer changed', () => {
    usePlace.setState({ group: 'choice' });
    show(<ResultPane />);
    answerDraft();
    change('clients.0.sources', ['10.0.0.0/8']);
    answerDraft();
    expect(tab(/^pg_hba/).textContent).toMatch(/\+\d+ \u2212\d+/);
    expect(tab(/^Firewall/).textContent).toMatch(/\+\d+ \u2212\d+/);
    expect(tab(/^postgresql/).textContent).toBe('postgresql.conf');
  });

  it('copies firewall commands that are ufw and nothing of ours', async () => {
    usePlace.setState({ group: 'firewall' });
    const user = show(<ResultPane />);
    answerDraft();
    await user.click(screen.getByRole('button', { name: /^Copy .*ufw commands$/ }));
    const commands = (await clipboard()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(commands.length).toBeGreaterThan(4);
    for (const line of commands) expect(line).toMatch(/^sudo ufw (?:allow|prepend allow|prepend deny|--force enable)/);
    expect(commands[0]).toMatch(/port 22 /);
    expect(commands.at(-1)).toBe('sudo ufw --force enable');
  });

  it('has no tab for a firewall where the plan has none', () => {
    usePlace.setState({ group: 'firewall' });
    show(<ResultPane />, withAt(direct, 'firewall', { kind: 'none', rateLimit: null, sources: null }));
    answerDraft();
    expect(screen.queryByRole('tab', { name: /^Firewall/ })).toBeNull();
  });
});

describe('the last answer', () => {
  it('marks no file before there is another answer', () => {
    show(<ResultPane />);
    answerDraft();
    expect(screen.queryByText(/last change/)).toBeNull();
  });

  it('marks a changed file with the added and removed lines, and each new line', () => {
    show(<ResultPane />);
    answerDraft();
    const before = file(HBA).content.split('\n');
    change('clients.0.sources', ['10.0.0.0/8', '10.9.0.0/16', '10.10.0.0/16']);
    answerDraft();
    const after = file(HBA).content.split('\n');
    const came = without(after, before);
    const went = without(before, after);
    expect(came.length).toBeGreaterThan(went.length);
    expect(within(rowOf(HBA)).getByText(t('files.changed', { added: came.length, removed: went.length }))).toBeTruthy();
    const marks = within(textOf(HBA) as HTMLElement).getAllByText(t('files.lineChanged'));
    const marked = marks.map((mark) => mark.closest('code')?.textContent?.replace('\n', ''));
    expect(marked.sort()).toEqual(came.map((line) => `${t('files.lineChanged')} ${line}`).sort());
  });

  it('marks no file that it did not change', () => {
    show(<ResultPane />);
    answerDraft();
    change('clients.0.sources', ['10.0.0.0/8']);
    answerDraft();
    expect(within(rowOf(/postern\.conf$/)).queryByText(/last change/)).toBeNull();
  });

  it('marks a new file', () => {
    show(<ResultPane />);
    answerDraft();
    change('monitoring.prometheus', true);
    answerDraft();
    expect(within(rowOf(/prometheus/)).getByText(t('files.new'))).toBeTruthy();
  });

  it('lists removed files', () => {
    show(<ResultPane />, withAt(direct, 'monitoring.prometheus', true));
    answerDraft();
    const { path } = file(/prometheus/);
    change('monitoring.prometheus', false);
    answerDraft();
    expect(screen.getByText(new RegExp(`^${t('files.gone', { paths: '' })}.*${path}`))).toBeTruthy();
  });
});

describe('a line', () => {
  it('shows its reason when it is selected, and links to the answer behind it', async () => {
    const onLeave = vi.fn();
    const user = show(<ResultPane onLeave={onLeave} />);
    answerDraft();
    const [note] = file(HBA).notes;
    if (!note) throw new Error('pg_hba.conf has no note');
    const row = rowOf(HBA);
    expect(within(row).getByText(t('files.chooseLine'))).toBeTruthy();
    const lines = within(textOf(HBA) as HTMLElement).getAllByRole('listitem');
    await user.click(lines[note.to - 1] as HTMLElement);
    const { from, to } = note;
    expect(within(row).getByText(t(from === to ? 'files.line' : 'files.lines', { from, to }))).toBeTruthy();
    await user.click(within(row).getByRole('button', { name: t('files.copyLines') }));
    expect(await clipboard()).toBe(
      `${file(HBA)
        .content.split('\n')
        .slice(from - 1, to)
        .join('\n')}\n`,
    );
    await user.click(within(row).getByRole('button', { name: t('files.toAnswer') }));
    expect(onLeave).toHaveBeenCalledOnce();
  });
});

describe('the sheet on a narrow screen', () => {
  const bar = () => screen.getAllByRole('button')[0] as HTMLElement;

  it('counts files, findings and problems on its bar', () => {
    show(<Sheet />);
    expect(bar().textContent).toBe(t('result.generating'));
    answerDraft();
    const { files, findings } = bundle();
    expect(bar().textContent).toBe(t('result.counts', { files: files.length, findings: findings.length }));
    change('server.port', 'fifty');
    answerDraft();
    expect(bar().textContent).toContain(t('problems.count', { count: 1 }));
  });

  it('says on its bar that nothing was generated', () => {
    show(<Sheet />);
    setProgress({ kind: 'failed', why: 'a reason' });
    expect(bar().textContent).toBe(t('result.notGenerated'));
  });

  it('shows the result while it is open', async () => {
    const user = show(<Sheet />);
    answerDraft();
    expect(screen.queryByRole('heading', { name: t('files.generated'), hidden: true })).toBeNull();
    await user.click(bar());
    expect(screen.getByRole<HTMLDialogElement>('dialog').open).toBe(true);
    expect(textOf(HBA)).not.toBeNull();
    await user.click(screen.getByRole('button', { name: t('result.close') }));
    expect(screen.queryByRole('heading', { name: t('files.generated'), hidden: true })).toBeNull();
  });
});
