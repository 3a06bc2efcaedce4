// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ownPlan } from '../../../core/testing/own-plan.ts';
import { blankPlan } from './blank.ts';
import type { Draft } from './draft.ts';
import { keepPlan, removePlan, useKeptPlans } from './kept-plans.ts';
import { useSaving } from './saved.ts';
import { backToOwnDraft, change, keepLinkedPlan, openPlan, showLinkedPlan, undo, useDraft } from './store.ts';

const plans = () => useKeptPlans.getState().plans;
const kept = () => plans().map(({ draft }) => draft.server.name);

beforeEach(() => {
  for (const { id } of useKeptPlans.getState().plans) removePlan(id);
  useDraft.setState({ draft: blankPlan('direct'), kept: null, plan: 'mine', keptPlan: '' });
  useDraft.temporal.getState().clear();
  localStorage.clear();
});

describe('the kept plans', () => {
  it('have the plan that another one replaced, under its own identifier, until it is open again', () => {
    change('server.name', 'mine.postern.test');
    openPlan(ownPlan('vpn'));
    expect(plans()).toMatchObject([{ id: 'mine', draft: { server: { name: 'mine.postern.test' } } }]);
    expect(useDraft.getState().plan).not.toBe('mine');
    change('server.name', 'vpn.postern.test');
    undo();
    undo();
    expect(useDraft.getState()).toMatchObject({ plan: 'mine', draft: { server: { name: 'mine.postern.test' } } });
    // The plan that was left by undo is kept in turn.
    expect(kept()).toEqual(['db.postern.test']);
    const [other] = plans();
    openPlan(other?.draft ?? blankPlan('direct'), { plan: other?.id ?? '' });
    expect(kept()).toEqual(['mine.postern.test']);
  });

  it('have no new plan in which nothing was answered, and no copy that nobody edited', () => {
    openPlan(ownPlan('vpn'), { copy: true });
    openPlan(ownPlan('private'), { copy: true });
    expect(kept()).toEqual([]);
    change('server.name', 'edited.postern.test');
    openPlan(ownPlan('vpn'), { copy: true });
    expect(kept()).toEqual(['edited.postern.test']);
  });

  it("have the user's own plan, under its identifier, once the plan of a link is edited instead", () => {
    change('server.name', 'mine.postern.test');
    showLinkedPlan(ownPlan('vpn'));
    for (let count = 0; count < 5; count++) showLinkedPlan({ ...ownPlan('vpn'), notes: `${count}` });
    expect(kept()).toEqual([]);
    change('server.name', 'linked.postern.test');
    showLinkedPlan(ownPlan('bastion'));
    expect(kept()).toEqual(['linked.postern.test']);
    keepLinkedPlan();
    expect(kept().toSorted()).toEqual(['linked.postern.test', 'mine.postern.test']);
    expect(plans().map(({ id }) => id)).toContain('mine');
  });

  it('have no older copy of a plan that a link interrupted', () => {
    change('server.name', 'mine.postern.test');
    showLinkedPlan(ownPlan('vpn'));
    backToOwnDraft();
    expect(useDraft.getState()).toMatchObject({ plan: 'mine', draft: { server: { name: 'mine.postern.test' } } });
    expect(kept()).toEqual([]);
  });

  it('stay when another tab keeps other text under the same identifier, and when the next plan of a browser is kept', () => {
    const named = (name: string) => ({ ...ownPlan('direct'), title: name }) as Draft;
    keepPlan('same', named('one tab'));
    keepPlan('same', named('another tab'));
    keepPlan('same', named('one tab'));
    keepPlan('', named('first'));
    keepPlan('', named('second'));
    expect(
      plans()
        .map(({ draft }) => draft.title)
        .toSorted(),
    ).toEqual(['another tab', 'first', 'one tab', 'second']);
  });

  it('are the newest first', () => {
    const { draft } = useDraft.getState();
    const named = (name: string) => ({ ...draft, server: { ...draft.server, name } });
    keepPlan('a', named('a'), 1);
    keepPlan('b', named('b'), 3);
    keepPlan('c', named('c'), 2);
    expect(kept()).toEqual(['b', 'c', 'a']);
  });

  it('are no plan without space for it: then the present one stays', () => {
    change('server.name', 'precious.postern.test');
    const real = localStorage;
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => real.getItem(key),
      removeItem: (key: string) => real.removeItem(key),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(openPlan(ownPlan('vpn'))).toBe(false);
    expect(useDraft.getState().draft.server.name).toBe('precious.postern.test');
    vi.unstubAllGlobals();
    expect(openPlan(ownPlan('vpn'))).toBe(true);
    expect(kept()).toEqual(['precious.postern.test']);
  });

  it('keep the plan that is opened where the draft cannot be saved', () => {
    keepPlan('other', ownPlan('vpn') as Draft);
    useSaving.setState({ works: false });
    openPlan(ownPlan('vpn') as Draft, { plan: 'other' });
    useSaving.setState({ works: true });
    expect(kept()).toEqual(['db.postern.test']);
  });

  it('leave a text that is no plan where it is, and a time that is none does no harm', () => {
    for (const text of ['', '{', 'null', '7', '{"draft":{"clients":"all"}}', '{"at":1}']) {
      localStorage.setItem('postern.plan.broken', text);
      removePlan('none');
      expect(kept()).toEqual([]);
      expect(localStorage.getItem('postern.plan.broken')).toBe(text);
    }
    localStorage.setItem('postern.plan.broken', JSON.stringify({ draft: ownPlan('direct'), at: 1e300 }));
    removePlan('none');
    expect(plans()).toMatchObject([{ at: 0 }]);
    localStorage.removeItem('postern.plan.broken');
  });
});
