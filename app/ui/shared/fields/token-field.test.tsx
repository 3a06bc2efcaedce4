// @vitest-environment happy-dom
import { waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { defaultPlan } from '../../../core/index.ts';
import { withAt } from '../draft/at.ts';
import { t, why } from '../messages/translate.ts';
import { announced, answerAt, answerDraft, descriptionOf, screen, show } from '../testing/component.tsx';
import { TokenField } from './TokenField.tsx';
import type { Separation } from './tokens.ts';

const path = 'clients.0.sources';
const TWO = ['10.0.0.0/8', '192.168.1.0/24'];

type User = ReturnType<typeof show>;

const field = (entries: readonly string[], separation: Separation = 'addresses'): User =>
  show(
    <TokenField path={path} question="client.sources" separation={separation} placeholder="10.8.0.0/16" />,
    withAt(defaultPlan('direct'), path, [...entries]),
  );
const input = () => screen.getByRole<HTMLInputElement>('textbox', { name: t('client.sources') });
const token = (entry: string) => screen.getByRole('button', { name: t('tokens.entry', { entry }) });
const isFocused = (element: HTMLElement) => document.activeElement === element;

describe('typing', () => {
  it.each(['{Enter}', ',', ' ', ';'])('adds an address with "%s"', async (key) => {
    const user = field(TWO);
    await user.type(input(), `10.9.0.0/16${key}`);
    expect(answerAt(path)).toEqual([...TWO, '10.9.0.0/16']);
    expect(input().value).toBe('');
  });

  it('adds a name with Enter only, so that it can contain a blank', async () => {
    const user = field([], 'names');
    await user.type(input(), 'Sales Team, EMEA');
    expect(answerAt(path)).toEqual([]);
    await user.keyboard('{Enter}');
    expect(answerAt(path)).toEqual(['Sales Team, EMEA']);
  });

  it('adds what is typed when the input loses the focus', async () => {
    const user = field(TWO);
    await user.type(input(), ' 10.9.0.0/16');
    await user.tab();
    expect(answerAt(path)).toEqual([...TWO, '10.9.0.0/16']);
  });

  it('adds nothing twice, and nothing empty', async () => {
    const user = field(TWO);
    await user.type(input(), `${TWO[0]}{Enter}{Enter}`);
    expect(answerAt(path)).toEqual(TWO);
  });

  it('discards what is typed with Escape', async () => {
    const user = field(TWO);
    await user.type(input(), '10.9{Escape}');
    await user.tab();
    expect(answerAt(path)).toEqual(TWO);
  });
});

describe('pasting', () => {
  it('adds each entry of a list, after what was typed, and announces how many', async () => {
    const user = field(TWO);
    await user.type(input(), '10.9.');
    await user.paste('0.0/16, 10.10.0.0/16\n192.168.1.0/24');
    expect(answerAt(path)).toEqual([...TWO, '10.9.0.0/16', '10.10.0.0/16']);
    expect(input().value).toBe('');
    expect(announced()).toBe(t('tokens.added', { count: 2 }));
  });

  it('leaves a single entry in the input, to be edited further', async () => {
    const user = field(TWO);
    await user.click(input());
    await user.paste('10.9.0.0/1');
    expect(answerAt(path)).toEqual(TWO);
    expect(input().value).toBe('10.9.0.0/1');
  });
});

describe('removing', () => {
  it('removes the last entry with Backspace in the empty input', async () => {
    const user = field(TWO);
    await user.type(input(), 'a{Backspace}');
    expect(answerAt(path)).toEqual(TWO);
    await user.keyboard('{Backspace}');
    expect(answerAt(path)).toEqual([TWO[0]]);
    expect(announced()).toBe(t('tokens.removed', { entry: TWO[1] ?? '' }));
  });

  it('removes an entry with its button, and the focus goes to the next, to the one before at the end, and to the input at last', async () => {
    const user = field(TWO);
    await user.click(screen.getByRole('button', { name: t('tokens.remove', { entry: TWO[0] ?? '' }) }));
    expect(answerAt(path)).toEqual([TWO[1]]);
    expect(isFocused(token(TWO[1] ?? ''))).toBe(true);
    await user.click(input());
    await user.keyboard('10.9.0.0/16{Enter}{ArrowLeft}{Delete}');
    expect(isFocused(token(TWO[1] ?? ''))).toBe(true);
    await user.keyboard('{Delete}');
    expect(answerAt(path)).toEqual([]);
    expect(isFocused(input())).toBe(true);
  });

  it.each(['{Delete}', '{Backspace}'])('removes the focused entry with %s', async (key) => {
    const user = field(TWO);
    token('10.0.0.0/8').focus();
    await user.keyboard(key);
    expect(answerAt(path)).toEqual([TWO[1]]);
  });
});

describe('the keyboard', () => {
  it('reaches the entries from the empty input with the arrow keys, and returns', async () => {
    const user = field(TWO);
    await user.click(input());
    await user.keyboard('{ArrowLeft}');
    expect(isFocused(token('192.168.1.0/24'))).toBe(true);
    await user.keyboard('{ArrowLeft}');
    expect(isFocused(token('10.0.0.0/8'))).toBe(true);
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(isFocused(input())).toBe(true);
  });

  it('has one entry in the tab order', async () => {
    field([...TWO, '10.9.0.0/16']);
    const order = () => screen.getAllByRole('button', { name: /Press Enter to edit/ }).map(({ tabIndex }) => tabIndex);
    expect(order()).toEqual([0, -1, -1]);
  });

  it('edits an entry in place with Enter', async () => {
    const user = field(TWO);
    token('10.0.0.0/8').focus();
    await user.keyboard('{Enter}');
    const edited = screen.getByRole('textbox', { name: t('tokens.edit', { entry: '10.0.0.0/8' }) });
    expect(isFocused(edited)).toBe(true);
    await user.clear(edited);
    await user.type(edited, '10.0.0.0/9{Enter}');
    expect(answerAt(path)).toEqual(['10.0.0.0/9', TWO[1]]);
  });

  it('leaves an entry unchanged with Escape', async () => {
    const user = field(TWO);
    token('10.0.0.0/8').focus();
    await user.keyboard('{Enter}');
    await user.keyboard('xyz{Escape}');
    expect(answerAt(path)).toEqual(TWO);
    expect(token('10.0.0.0/8')).toBeTruthy();
  });

  it('removes an entry that is edited to an empty text, or to another entry', async () => {
    const user = field([...TWO, '10.9.0.0/16']);
    const edit = async (entry: string, text: string) => {
      await user.click(token(entry));
      const edited = screen.getByRole('textbox', { name: t('tokens.edit', { entry }) });
      await user.clear(edited);
      await user.type(edited, `${text}{Enter}`);
    };
    await edit('10.0.0.0/8', '');
    expect(answerAt(path)).toEqual([TWO[1], '10.9.0.0/16']);
    await edit('10.9.0.0/16', TWO[1] ?? '');
    expect(answerAt(path)).toEqual([TWO[1]]);
  });
});

describe('an entry that is not valid', () => {
  const refused = (): User => {
    const user = field([...TWO, '10.1.2.3/8', 'office']);
    answerDraft();
    return user;
  };

  it('is kept and marked, and the others are not', () => {
    refused();
    expect(answerAt(path)).toEqual([...TWO, '10.1.2.3/8', 'office']);
    for (const entry of ['10.1.2.3/8', 'office'])
      expect(screen.getByRole('button', { name: t('tokens.invalidEntry', { entry }) })).toBeTruthy();
    for (const entry of TWO) expect(token(entry)).toBeTruthy();
  });

  it('has its problem at the field, which describes the input', () => {
    refused();
    expect(input().getAttribute('aria-invalid')).toBe('true');
    const [problems, reason] = descriptionOf(input());
    expect(problems).toContain('office');
    expect(reason).toBe(why('client.sources'));
  });

  it('is replaced by the value that its problem suggests', async () => {
    const user = refused();
    await user.click(screen.getByRole('button', { name: t('field.useFix', { fix: '10.0.0.0/8' }) }));
    // The list already has that network, so the entry is removed.
    expect(answerAt(path)).toEqual([...TWO, 'office']);
    // The button is gone with its problem.
    await waitFor(() => expect(isFocused(input())).toBe(true));
  });

  it('keeps its place when it is replaced', async () => {
    const user = field(['10.1.2.3/8', '192.168.1.0/24']);
    answerDraft();
    await user.click(screen.getByRole('button', { name: t('field.useFix', { fix: '10.0.0.0/8' }) }));
    expect(answerAt(path)).toEqual(TWO);
  });
});
