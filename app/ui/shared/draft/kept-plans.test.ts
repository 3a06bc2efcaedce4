// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { ownPlan } from '../../../core/testing/own-plan.ts';
import { blankPlan } from './blank.ts';
import { keepPlan, removePlan, useKeptPlans } from './kept-plans.ts';
import { change, keepLinkedPlan, openPlan, replaceDraft, showLinkedPlan, undo, useDraft } from './store.ts';

const kept = () => useKeptPlans.getState().plans.map(({ draft }) => draft.server.name);

beforeEach(() => {
  for (const { id } of useKeptPlans.getState().plans) removePlan(id);
  useDraft.setState({ draft: blankPlan('direct'), kept: null, plan: 'mine' });
});

describe('the kept plans', () => {
  it('have the plan that another one replaced, under its own identifier', () => {
    change('server.name', 'mine.postern.test');
    openPlan(ownPlan('vpn'));
    expect(useKeptPlans.getState().plans).toMatchObject([
      { id: 'mine', draft: { server: { name: 'mine.postern.test' } } },
    ]);
    expect(useDraft.getState().plan).not.toBe('mine');
    undo();
    expect(useDraft.getState()).toMatchObject({ plan: 'mine', draft: { server: { name: 'mine.postern.test' } } });
  });

  it('have no new plan in which nothing was answered', () => {
    openPlan(ownPlan('vpn'));
    expect(kept()).toEqual([]);
  });

  it("have the user's own plan once the plan of a link is edited instead, and the plan of a link after the next", () => {
    change('server.name', 'mine.postern.test');
    showLinkedPlan(ownPlan('vpn'));
    expect(kept()).toEqual([]);
    change('server.name', 'linked.postern.test');
    showLinkedPlan(ownPlan('bastion'));
    expect(kept()).toEqual(['linked.postern.test']);
    keepLinkedPlan();
    expect(kept().toSorted()).toEqual(['linked.postern.test', 'mine.postern.test']);
  });

  it('are the newest first, and one of them has the content that was kept last', () => {
    replaceDraft(ownPlan('direct'));
    const { draft } = useDraft.getState();
    keepPlan('a', { ...draft, server: { ...draft.server, name: 'a' } }, 1);
    keepPlan('b', { ...draft, server: { ...draft.server, name: 'b' } }, 3);
    keepPlan('a', { ...draft, server: { ...draft.server, name: 'a, later' } }, 2);
    expect(kept()).toEqual(['b', 'a, later']);
  });

  it('leave a text that is no plan where it is', () => {
    for (const text of ['', '{', 'null', '7', '{"draft":{"clients":"all"}}', '{"at":1}']) {
      localStorage.setItem('postern.plan.broken', text);
      keepPlan('good', ownPlan('direct'));
      expect(kept()).toEqual(['db.postern.test']);
      expect(localStorage.getItem('postern.plan.broken')).toBe(text);
    }
    localStorage.removeItem('postern.plan.broken');
  });
});
