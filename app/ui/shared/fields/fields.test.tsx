// @vitest-environment happy-dom
import { within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { defaultPlan } from '../../../core/index.ts';
import { withAt } from '../draft/at.ts';
import { t, why } from '../messages/translate.ts';
import { answerAt, answerDraft, descriptionOf, screen, show } from '../testing/component.tsx';
import { CheckField } from './CheckField.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { More } from './More.tsx';
import { NumberField } from './NumberField.tsx';
import { SelectField } from './SelectField.tsx';
import { SwitchField } from './SwitchField.tsx';
import { TextField } from './TextField.tsx';

const direct = defaultPlan('direct');

describe('a text field', () => {
  const input = () => screen.getByRole<HTMLInputElement>('textbox', { name: t('server.name') });

  it('writes what is typed to the draft', async () => {
    const user = show(<TextField path="server.name" question="server.name" optional />);
    await user.clear(input());
    await user.type(input(), 'db.example.org');
    expect(answerAt('server.name')).toBe('db.example.org');
    expect(input().value).toBe('db.example.org');
  });

  it('writes null when an optional answer is cleared', async () => {
    const user = show(<TextField path="server.name" question="server.name" optional />);
    await user.clear(input());
    expect(answerAt('server.name')).toBeNull();
    expect(input().value).toBe('');
  });

  it('writes an empty text when a required answer is cleared', async () => {
    const user = show(<TextField path="server.superuser" question="server.name" />);
    await user.clear(input());
    expect(answerAt('server.superuser')).toBe('');
  });

  it('is described by the reason for asking, and by the problem first if there is one', async () => {
    const user = show(<TextField path="server.name" question="server.name" optional />);
    answerDraft();
    expect(descriptionOf(input())).toEqual([why('server.name')]);
    expect(input().getAttribute('aria-invalid')).toBe('false');

    await user.clear(input());
    await user.type(input(), 'not a name');
    answerDraft();
    expect(input().getAttribute('aria-invalid')).toBe('true');
    const [problem, reason] = descriptionOf(input());
    expect(problem).toContain('not a name');
    expect(reason).toBe(why('server.name'));
  });

  it('shows no problem of another answer', () => {
    show(<TextField path="server.name" question="server.name" />, withAt(direct, 'server.superuser', ''));
    answerDraft();
    expect(input().getAttribute('aria-invalid')).toBe('false');
  });

  it('applies the value that a problem suggests', async () => {
    const draft = withAt(direct, 'clients.0.sources.0', '10.1.2.3/8');
    const user = show(<TextField path="clients.0.sources.0" question="server.name" />, draft);
    answerDraft();
    await user.click(screen.getByRole('button', { name: t('field.useFix', { fix: '10.0.0.0/8' }) }));
    expect(answerAt('clients.0.sources.0')).toBe('10.0.0.0/8');
  });
});

describe('a number field', () => {
  const input = () => screen.getByRole<HTMLInputElement>('textbox', { name: t('server.port') });

  it('writes a number', async () => {
    const user = show(<NumberField path="server.port" question="server.port" />);
    await user.clear(input());
    await user.type(input(), '6543');
    expect(answerAt('server.port')).toBe(6543);
  });

  it.each(['fifty', '5.5', '-1', '1e3'])('keeps %s as text, and its problem is shown at the field', async (text) => {
    const user = show(<NumberField path="server.port" question="server.port" />);
    await user.clear(input());
    await user.type(input(), text);
    expect(answerAt('server.port')).toBe(text);
    expect(input().value).toBe(text);
    answerDraft();
    expect(input().getAttribute('aria-invalid')).toBe('true');
    expect(descriptionOf(input())).toHaveLength(2);
  });

  it('writes null only when an optional answer is cleared', async () => {
    const user = show(<NumberField path="security.maxConnections" question="server.port" optional />);
    await user.type(input(), '7');
    expect(answerAt('security.maxConnections')).toBe(7);
    await user.clear(input());
    expect(answerAt('security.maxConnections')).toBeNull();
  });

  it('writes an empty text when a required answer is cleared', async () => {
    const user = show(<NumberField path="server.port" question="server.port" />);
    await user.clear(input());
    expect(answerAt('server.port')).toBe('');
  });
});

describe('a choice field', () => {
  const choices = [
    { value: 'full', label: 'server.name', about: 'server.name.why' },
    { value: 'ca', label: 'server.port' },
    { value: 'none', label: 'server.platform' },
  ] as const;
  const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });

  it('marks the answer, and writes the choice to the draft', async () => {
    const user = show(<ChoiceField path="clients.0.verify" question="client.verify" choices={choices} />);
    expect(screen.getAllByRole<HTMLInputElement>('radio').map(({ checked }) => checked)).toEqual([true, false, false]);
    await user.click(radio(t('server.port')));
    expect(answerAt('clients.0.verify')).toBe('ca');
    expect(radio(t('server.port')).checked).toBe(true);
  });

  it('passes the choice to its caller instead', async () => {
    const onChoose = vi.fn();
    const user = show(
      <ChoiceField path="clients.0.verify" question="client.verify" choices={choices} onChoose={onChoose} />,
    );
    await user.click(radio(t('server.platform')));
    expect(onChoose.mock.calls).toEqual([['none']]);
    expect(answerAt('clients.0.verify')).toBe('full');
  });

  it('is described by the reason for asking, and by the problem first if there is one', () => {
    const draft = withAt(direct, 'clients.0.verify', 'some');
    show(<ChoiceField path="clients.0.verify" question="client.verify" choices={choices} />, draft);
    const group = screen.getByRole('group', { name: t('client.verify') });
    expect(descriptionOf(group)).toEqual([why('client.verify')]);
    answerDraft();
    expect(descriptionOf(group)).toHaveLength(2);
    expect(descriptionOf(group)[1]).toBe(why('client.verify'));
    expect(radio(t('server.port')).getAttribute('aria-invalid')).toBe('true');
  });
});

describe('a select field', () => {
  const choices = [
    { value: 'debian', label: 'Debian' },
    { value: 'rhel', label: 'Red Hat' },
  ];
  const select = () => screen.getByRole<HTMLSelectElement>('combobox', { name: t('server.platform') });

  it('writes the choice to the draft', async () => {
    const user = show(<SelectField path="server.platform" question="server.platform" choices={choices} />);
    expect(select().value).toBe('debian');
    await user.selectOptions(select(), 'Red Hat');
    expect(answerAt('server.platform')).toBe('rhel');
  });

  it('passes the choice to its caller instead', async () => {
    const onChoose = vi.fn();
    const user = show(
      <SelectField path="server.platform" question="server.platform" choices={choices} onChoose={onChoose} />,
    );
    await user.selectOptions(select(), 'rhel');
    expect(onChoose.mock.calls).toEqual([['rhel']]);
    expect(answerAt('server.platform')).toBe('debian');
  });

  it('keeps a value that is not among the choices, with its problem', () => {
    const draft = withAt(direct, 'server.platform', 'plan9');
    show(<SelectField path="server.platform" question="server.platform" choices={choices} />, draft);
    answerDraft();
    expect(select().value).toBe('plan9');
    expect(within(select()).getAllByRole('option')).toHaveLength(3);
    expect(select().getAttribute('aria-invalid')).toBe('true');
    expect(descriptionOf(select())).toHaveLength(2);
  });
});

describe('a check field', () => {
  const box = () => screen.getByRole<HTMLInputElement>('checkbox', { name: t('security.finalReject') });

  it('writes true and false to the draft', async () => {
    const user = show(<CheckField path="security.finalReject" question="security.finalReject" />);
    const before = box().checked;
    expect(before).toBe(direct.security.finalReject);
    await user.click(box());
    expect(answerAt('security.finalReject')).toBe(!before);
    await user.click(screen.getByText(t('security.finalReject')));
    expect(answerAt('security.finalReject')).toBe(before);
  });

  it('is described by the reason for asking, and by the problem first if there is one', () => {
    const draft = withAt(direct, 'security.finalReject', 'yes');
    show(<CheckField path="security.finalReject" question="security.finalReject" />, draft);
    expect(descriptionOf(box())).toEqual([why('security.finalReject')]);
    answerDraft();
    expect(box().getAttribute('aria-invalid')).toBe('true');
    expect(descriptionOf(box())).toHaveLength(2);
  });
});

describe('a switch field', () => {
  const box = () => screen.getByRole<HTMLInputElement>('checkbox', { name: t('firewall.otherSources') });
  const field = (
    <SwitchField path="firewall.sources" question="firewall.otherSources" start={['10.0.0.0/8']}>
      <p>the fields inside</p>
    </SwitchField>
  );

  it('starts the answer and shows its fields when it is switched on', async () => {
    const user = show(field);
    expect(box().checked).toBe(false);
    expect(descriptionOf(box())).toEqual([why('firewall.otherSources')]);
    expect(screen.queryByText('the fields inside')).toBeNull();
    await user.click(box());
    expect(answerAt('firewall.sources')).toEqual(['10.0.0.0/8']);
    expect(screen.getByText('the fields inside')).toBeTruthy();
  });

  it('writes null and hides the fields when it is switched off', async () => {
    const user = show(field, withAt(direct, 'firewall.sources', []));
    expect(box().checked).toBe(true);
    await user.click(box());
    expect(answerAt('firewall.sources')).toBeNull();
    expect(screen.queryByText('the fields inside')).toBeNull();
  });
});

describe('rarely changed answers', () => {
  const draft = withAt(withAt(direct, 'server.port', 'x'), 'clients.0.sources', ['y', '10.0.0.0/33']);

  it('are counted with their problems on the outside, also below a path', () => {
    show(
      <More paths={['server.osUser', 'clients.0.sources']}>
        <p>inside</p>
      </More>,
      draft,
    );
    expect(screen.queryByText(/problem/)).toBeNull();
    answerDraft();
    expect(screen.getByText(t('problems.count', { count: 2 }))).toBeTruthy();
  });

  it('do not count the problems of other answers', () => {
    show(
      <More paths={['clients.0.source', 'server.osUser']}>
        <p>inside</p>
      </More>,
      draft,
    );
    answerDraft();
    expect(screen.queryByText(t('problems.count', { count: 1 }))).toBeNull();
    expect(screen.queryByText(t('problems.count', { count: 2 }))).toBeNull();
  });
});
