// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { usePlace, visit } from './place.ts';
import { show, useView } from './view.ts';

it('another screen of the plan, seen from another view, is one step in the history', () => {
  show({ view: 'express', page: null }, false);
  const before = history.length;
  visit({ step: 'server', group: 'machine' }, false);
  expect(history.length).toBe(before + 1);
  expect(useView.getState().view).toBe('plan');
  expect(usePlace.getState().step).toBe('server');
  expect(history.state).toEqual({ step: 'server', group: 'machine' });
  visit({ step: 'clients', group: 'clients' }, false);
  expect(history.length).toBe(before + 2);
});
