// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultPlan } from '../../../core/index.ts';
import { backToOwnDraft, change, keepLinkedPlan, redo, replaceDraft, showLinkedPlan, undo, useDraft } from './store.ts';

const name = () => useDraft.getState().draft.server.name;

beforeEach(() => {
  vi.useFakeTimers();
  useDraft.setState({ draft: defaultPlan('direct'), kept: null, plan: '' });
  useDraft.temporal.getState().clear();
});
afterEach(() => {
  vi.useRealTimers();
});

it('undoes everything that was typed into one field at once, and a pause starts another answer', () => {
  const { edit } = useDraft.getState();
  for (const text of ['a', 'ab', 'abc']) change('server.name', text);
  expect(useDraft.getState().edit).toBe(edit + 1);
  vi.advanceTimersByTime(5000);
  change('server.name', 'abcd');
  undo();
  expect(name()).toBe('abc');
  undo();
  expect(name()).toBe('db.example.com');
  redo();
  expect(name()).toBe('abc');
});

it('treats answers to two fields as separate, however fast', () => {
  change('server.name', 'a');
  change('server.port', 6000);
  undo();
  expect(useDraft.getState().draft.server).toMatchObject({ name: 'a', port: 5432 });
});

it("keeps the user's own draft once while links are opened, and restores it", () => {
  change('server.name', 'own');
  const own = useDraft.getState().draft;
  showLinkedPlan(defaultPlan('vpn'));
  showLinkedPlan(defaultPlan('bastion'));
  expect(useDraft.getState().kept).toBe(own);
  backToOwnDraft();
  expect(useDraft.getState()).toMatchObject({ draft: own, kept: null });
});

it('can undo keeping a plan from a link, and opening it', () => {
  change('server.name', 'own');
  showLinkedPlan(defaultPlan('vpn'));
  keepLinkedPlan();
  expect(useDraft.getState().kept).toBeNull();
  undo();
  expect(useDraft.getState().kept?.server.name).toBe('own');
  undo();
  expect(useDraft.getState()).toMatchObject({ kept: null, draft: { server: { name: 'own' } } });
});

it('can undo the replacement by another plan', () => {
  replaceDraft(defaultPlan('private'));
  undo();
  expect(useDraft.getState().draft.network.pattern).toBe('direct');
});

it('works without browser storage', () => {
  expect(() => change('title', 'still here')).not.toThrow();
  expect(useDraft.getState().draft.title).toBe('still here');
});
