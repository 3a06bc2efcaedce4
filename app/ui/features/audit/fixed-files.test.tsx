// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { t } from '../../shared/messages/translate.ts';
import { CONF, HBA, NOTHING, setText, textOf, useServerFiles } from '../../shared/server-files/store.ts';
import { announced, screen, show } from '../../shared/testing/component.tsx';
import { applyFix } from './applied-fixes.ts';
import { FixedFiles } from './FixedFiles.tsx';

const text = (name: string) => textOf(useServerFiles.getState(), name);
const apply = (file: string, title: string, after: string) => act(() => applyFix(file, title, after));
const undo = () => screen.queryByRole('button', { name: t('fix.undo') });

beforeEach(() => {
  useServerFiles.setState({ files: NOTHING.files });
  setText(HBA, 'host all all all md5\n');
  setText(CONF, 'ssl = off\n');
});

it('offers each fixed file to copy and download, and undoes the fixes from the last to the first', async () => {
  const user = show(<FixedFiles />);
  expect(undo()).toBeNull();
  apply(HBA, 'Require SCRAM', 'host all all all scram-sha-256\n');
  apply(CONF, 'Enable TLS', 'ssl = on\n');
  expect(screen.getByRole('status').textContent).toBe('2 fixes applied. The last one: Enable TLS.');
  for (const name of [HBA, CONF]) {
    expect(screen.getByRole('button', { name: t('audit.download', { name }) })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: t('audit.copy', { name }) }));
    expect(await navigator.clipboard.readText()).toBe(text(name));
  }
  await user.click(undo() as HTMLElement);
  expect(text(CONF)).toBe('ssl = off\n');
  expect(announced()).toBe(t('fix.undone', { fix: 'Enable TLS' }));
  expect(screen.getByRole('status').textContent).toBe('One fix applied: Require SCRAM.');
  await user.click(undo() as HTMLElement);
  expect(text(HBA)).toBe('host all all all md5\n');
  expect(undo()).toBeNull();
});

it('never undoes what was typed after a fix', () => {
  show(<FixedFiles />);
  apply(HBA, 'Require SCRAM', 'host all all all scram-sha-256\n');
  act(() => setText(HBA, '# mine\nhost all all all scram-sha-256\n'));
  expect(undo()).toBeNull();
  apply(HBA, 'Another fix', '# mine\nhostssl all all all scram-sha-256\n');
  expect(screen.getByRole('status').textContent).toBe('One fix applied: Another fix.');
});
