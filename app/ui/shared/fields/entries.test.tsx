// @vitest-environment happy-dom
import { waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { defaultClient } from '../../../core/index.ts';
import { ownPlan } from '../../../core/testing/own-plan.ts';
import { withAt } from '../draft/at.ts';
import type { DraftClient } from '../draft/draft.ts';
import { t } from '../messages/translate.ts';
import { announced, answerAt, answerDraft, screen, show } from '../testing/component.tsx';
import { Entries, freshName } from './Entries.tsx';
import { TextField } from './TextField.tsx';

const client = (name: string): DraftClient => ({ ...defaultClient('public'), name, sources: ['198.18.2.0/28'] });

const list = (...names: readonly string[]) =>
  show(
    <Entries<DraftClient>
      path="clients"
      question="clients"
      add="clients.add"
      empty="clients.empty"
      make={(taken) => client(freshName('app', taken))}
      summary={({ roles }) => `as ${roles.join(', ')}`}
      form={(path) => <TextField path={`${path}.name`} question="server.name" />}
    />,
    withAt(ownPlan('direct'), 'clients', names.map(client)),
  );
const names = () => (answerAt('clients') as readonly DraftClient[]).map(({ name }) => name);
const head = (name: RegExp | string) => screen.getByRole('button', { name, expanded: false });
const openHeads = () => screen.queryAllByRole('button', { expanded: true });

it('says that the list is empty, and adds an open entry', async () => {
  const user = list();
  expect(screen.getByText(t('clients.empty'))).toBeTruthy();
  await user.click(screen.getByRole('button', { name: t('clients.add') }));
  await user.click(screen.getByRole('button', { name: t('clients.add') }));
  expect(names()).toEqual(['app', 'app 2']);
  expect(openHeads().map(({ textContent }) => textContent)).toEqual(['app 2']);
  expect(screen.queryByText(t('clients.empty'))).toBeNull();
});

it('opens a single entry, and shows several closed with their summary', () => {
  list('web');
  expect(openHeads()).toHaveLength(1);
  list('web', 'batch');
  expect(head(/^batch as/)).toBeTruthy();
});

it('opens one entry at a time, whose form writes to that entry', async () => {
  const user = list('web', 'batch');
  await user.click(head(/^web/));
  await user.click(head(/^batch/));
  expect(openHeads()).toHaveLength(1);
  await user.type(screen.getByRole('textbox'), 'es');
  expect(names()).toEqual(['web', 'batches']);
  await user.click(openHeads()[0] as HTMLElement);
  expect(openHeads()).toHaveLength(0);
});

it('duplicates an entry under a new name, without shared parts', async () => {
  const user = list('web', 'web 2');
  await user.click(head(/^web 2/));
  await user.click(screen.getByRole('button', { name: t('entries.duplicate', { name: 'web 2' }) }));
  expect(names()).toEqual(['web', 'web 2', 'web 3']);
  expect(openHeads().map(({ textContent }) => textContent)).toEqual(['web 3']);
  expect(answerAt('clients.2.roles')).toEqual(answerAt('clients.1.roles'));
  expect(answerAt('clients.2.roles')).not.toBe(answerAt('clients.1.roles'));
});

it('removes the open entry, announces it, and focuses the next, the one before at the end, and at last the button that adds one', async () => {
  const user = list('web', 'batch', 'report');
  await user.click(head(/^batch/));
  await user.click(screen.getByRole('button', { name: t('entries.remove', { name: 'batch' }) }));
  expect(names()).toEqual(['web', 'report']);
  expect(openHeads()).toHaveLength(0);
  expect(announced()).toBe(t('entries.removed', { name: 'batch' }));
  await waitFor(() => expect(document.activeElement).toBe(head(/^report/)));
  await user.click(head(/^report/));
  await user.click(screen.getByRole('button', { name: t('entries.remove', { name: 'report' }) }));
  await waitFor(() => expect(document.activeElement?.textContent).toMatch(/^web/));
  // A single entry is open.
  await user.click(screen.getByRole('button', { name: t('entries.remove', { name: 'web' }) }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: t('clients.add') })));
});

it('counts the problems of each entry on its closed row, and labels one without a name', () => {
  list('web', '');
  answerDraft();
  expect(
    within(head(new RegExp(`^${t('entries.nameless').replace(/[()]/g, '.')}`))).getByText(
      t('problems.open', { count: 1 }),
    ),
  ).toBeTruthy();
  expect(within(head(/^web/)).queryByText(/problem|to answer/)).toBeNull();
});

it('can be filtered by name and summary from eight entries on, and edits the selected entry', async () => {
  list('1', '2', '3', '4', '5', '6', '7');
  expect(screen.queryByRole('searchbox')).toBeNull();
  const user = list('one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight');
  const filter = screen.getAllByRole('searchbox').at(-1) as HTMLElement;
  await user.type(filter, ' THREE ');
  expect(screen.getByText(t('entries.filter', { shown: 1, count: 8 }))).toBeTruthy();
  await user.click(head(/^three/));
  await user.type(screen.getByRole('textbox'), '!');
  expect(names()[2]).toBe('three!');
  await user.clear(filter);
  await user.type(filter, 'as app');
  expect(screen.getByText(t('entries.filter', { shown: 8, count: 8 }))).toBeTruthy();
});
