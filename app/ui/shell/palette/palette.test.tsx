// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan } from '../../../core/index.ts';
import { usePlace, visit } from '../../shared/navigation/place.ts';
import { show as showView, useView } from '../../shared/navigation/view.ts';
import { answerDraft, screen, show } from '../../shared/testing/component.tsx';
import { closeOverlay, openOverlay, useOverlay } from '../overlay.ts';
import { followShortcuts, setSingleKeys } from '../shortcuts.ts';
import Help from './Help.tsx';
import Palette from './Palette.tsx';

const field = () => screen.getByRole('combobox');
const active = () => {
  const id = field().getAttribute('aria-activedescendant');
  const option = screen.getAllByRole('option').find((one) => one.id === id);
  expect(option?.getAttribute('aria-selected')).toBe('true');
  return option?.textContent ?? '';
};
const opened = () => useOverlay.getState().open;
const closeAny = (): void => useOverlay.setState({ open: null });

beforeEach(() => act(closeAny));

describe('the palette', () => {
  it('moves through the results with the arrow keys, around both ends, and keeps the focus in the field', async () => {
    const user = show(<Palette />);
    answerDraft();
    await user.type(field(), 'certificate');
    const options = screen.getAllByRole('option').map(({ textContent }) => textContent);
    expect(options.length).toBeGreaterThan(3);
    expect(active()).toBe(options[0]);
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(active()).toBe(options[2]);
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}');
    expect(active()).toBe(options.at(-1));
    await user.keyboard('{ArrowDown}');
    expect(active()).toBe(options[0]);
    expect(document.activeElement).toBe(field());
  });

  it('says how many results there are, and that there are none', async () => {
    const user = show(<Palette />);
    await user.type(field(), 'audit');
    expect(screen.getByRole('status').textContent).toBe('1 result');
    await user.type(field(), ' zebra');
    expect(screen.getByRole('status').textContent).toBe('No matches');
    expect(field().getAttribute('aria-expanded')).toBe('false');
    expect(field().getAttribute('aria-activedescendant')).toBeNull();
    await user.keyboard('{Enter}');
  });

  it('goes to a screen with Enter, and closes', async () => {
    openOverlay('palette');
    const user = show(<Palette />);
    await user.type(field(), 'audit{Enter}');
    expect(useView.getState().view).toBe('audit');
    expect(opened()).toBeNull();
  });

  it('goes to the screen of a field, and opens the entry that has it', async () => {
    const user = show(<Palette />, defaultPlan('private'));
    await user.type(field(), 'connects via{Enter}');
    expect(usePlace.getState().step).toBe('clients');
    expect(usePlace.getState().open.clients).toBe(0);
  });
});

describe('the shortcuts', () => {
  it('open the palette and the help, and turn the screens of the plan', async () => {
    const end = followShortcuts();
    const user = show(<button type="button">here</button>);
    await user.keyboard('{Control>}k{/Control}');
    expect(opened()).toBe('palette');
    await user.keyboard('?');
    expect(opened()).toBe('help');
    closeAny();
    showView({ view: 'plan', page: null }, false);
    visit({ step: 'server', group: 'machine' }, false);
    await user.keyboard('{Alt>}{PageDown}{/Alt}');
    expect(usePlace.getState().step).toBe('network');
    await user.keyboard('{Alt>}{PageUp}{PageUp}{/Alt}');
    expect(usePlace.getState()).toMatchObject({ step: 'pattern', group: 'presets' });
    end();
    await user.keyboard('?');
    expect(opened()).toBeNull();
  });

  it('leave open what was opened before a dialog reports that it was closed', () => {
    openOverlay('palette');
    openOverlay('help');
    closeOverlay('palette');
    expect(opened()).toBe('help');
    closeOverlay('help');
    expect(opened()).toBeNull();
  });

  it('leave a question mark to text fields', async () => {
    const end = followShortcuts();
    const user = show(
      <>
        <input type="text" />
        <textarea />
        {/* biome-ignore lint/a11y/useSemanticElements: as the editor has it */}
        <div contentEditable suppressContentEditableWarning tabIndex={0} role="textbox">
          <p>text</p>
        </div>
      </>,
    );
    for (const one of screen.getAllByRole('textbox')) {
      act(() => one.focus());
      await user.keyboard('?');
      expect(opened()).toBeNull();
    }
    end();
  });

  it('without a modifier can be turned off in the help', async () => {
    const end = followShortcuts();
    const user = show(<Help />);
    await user.click(screen.getByRole('checkbox'));
    act(closeAny);
    await user.keyboard('?');
    expect(opened()).toBeNull();
    act(() => setSingleKeys(true));
    await user.keyboard('?');
    expect(opened()).toBe('help');
    end();
  });
});
