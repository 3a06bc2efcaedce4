// @vitest-environment happy-dom
import { act, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { defaultPlan } from '../../core/index.ts';
import { announce } from '../shared/browser/announce.ts';
import { backToOwnDraft, change, openPlan, showLinkedPlan, undo, useDraft } from '../shared/draft/store.ts';
import { t } from '../shared/messages/translate.ts';
import { useView } from '../shared/navigation/view.ts';
import { answerAt, screen, show } from '../shared/testing/component.tsx';
import Banners from './Banners.tsx';
import { Notices } from './Notices.tsx';
import { undoOnKeys } from './undo-keys.ts';

const status = () => screen.getByRole('status').textContent ?? '';
const rename = (name: string) => act(() => change('server.name', name));

describe('a notice about a change that can be undone', () => {
  const changed = () => {
    const user = show(<Notices />);
    rename('a.example.com');
    act(() => announce('Changed.', { undoable: true }));
    expect(status()).toContain('Changed.');
    return user;
  };

  it('undoes it, and says so', async () => {
    const user = changed();
    const before = answerAt('server.name');
    await user.click(screen.getByRole('button', { name: t('app.undo') }));
    expect(answerAt('server.name')).not.toBe(before);
    expect(status()).toBe(t('app.undone'));
  });

  it('goes with the next change, which its button would undo instead', () => {
    changed();
    act(() => change('server.port', 5433));
    expect(status()).toBe('');
  });

  it('goes when the change is undone elsewhere', () => {
    changed();
    act(undo);
    expect(status()).toBe('');
  });

  it('is replaced when the change is undone with the keyboard', async () => {
    useView.setState({ view: 'plan', page: null });
    const end = undoOnKeys();
    const user = changed();
    await user.keyboard('{Control>}z{/Control}');
    expect(status()).toBe(t('app.undone'));
    end();
  });

  it('stays on a screen that does not show the plan, and next to an editor in a shadow tree', async () => {
    const end = undoOnKeys();
    const user = changed();
    useView.setState({ view: 'audit', page: null });
    await user.keyboard('{Control>}z{/Control}');
    useView.setState({ view: 'plan', page: null });
    const editor = document.createElement('div');
    editor.contentEditable = 'true';
    const host = document.body.appendChild(document.createElement('div'));
    host.attachShadow({ mode: 'open' }).append(editor);
    editor.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, composed: true }));
    expect(status()).toContain('Changed.');
    expect(answerAt('server.name')).toBe('a.example.com');
    host.remove();
    end();
  });

  it('returns the focus to where it was, when it is dismissed', async () => {
    const user = show(
      <>
        <button type="button">here</button>
        <Notices />
      </>,
    );
    act(() => announce('Told.'));
    act(() => screen.getByRole('button', { name: 'here' }).focus());
    await user.click(screen.getByRole('button', { name: t('banner.dismiss') }));
    expect(status()).toBe('');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'here' })));
  });
});

it('another notice stays with other changes, and goes with its plan', () => {
  show(<Notices />);
  act(() => announce('Opened.'));
  rename('b.example.com');
  expect(status()).toBe('Opened.');
  act(() => openPlan(defaultPlan('vpn')));
  expect(status()).toBe('');
});

describe('the banner about a plan from a link', () => {
  it('goes when an example replaces that plan, and returns when that is undone', () => {
    show(<Banners />);
    act(() => showLinkedPlan(defaultPlan('vpn')));
    expect(screen.queryByText(t('link.shown'))).toBeTruthy();
    act(() => openPlan(defaultPlan('bastion')));
    expect(screen.queryByText(t('link.shown'))).toBeNull();
    act(undo);
    expect(screen.queryByText(t('link.shown'))).toBeTruthy();
    act(backToOwnDraft);
    expect(useDraft.getState().draft.network.pattern).toBe('direct');
    expect(screen.queryByText(t('link.shown'))).toBeNull();
  });
});
