import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultPlan, exampleValues, isUnanswered, type Pattern, parsePlan } from '../../../core/index.ts';
import { everyBranch } from '../../../core/testing/every-branch.ts';
import { ownPlan } from '../../../core/testing/own-plan.ts';
import { at, withAt } from './at.ts';
import { blankPlan } from './blank.ts';
import type { Draft } from './draft.ts';
import { tryPattern, withPattern } from './pattern.ts';
import { readSaved, SAVED_VERSION } from './saved.ts';
import { isDraft } from './shape.ts';

const patterns: readonly Pattern[] = ['direct', 'vpn', 'private', 'bastion'];
const presets = new URL('../../../../public/presets/', import.meta.url);

/** The path of every field of every object in a plan. */
function answerPaths(value: unknown, path: readonly (string | number)[] = []): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const fields = Object.entries(value).flatMap(([name, inner]) => answerPaths(inner, [...path, name]));
  const here = Array.isArray(value) ? [] : Object.keys(value).map((name) => [...path, name].join('.'));
  return [...here, ...fields];
}

/** The plan without the field at a path. */
function withoutAnswer(plan: unknown, path: string): unknown {
  const keys = path.split('.');
  const name = keys.pop() ?? '';
  const copy = structuredClone(plan);
  const group = keys.length === 0 ? copy : at(copy, keys.join('.'));
  if (typeof group === 'object' && group !== null) Reflect.deleteProperty(group, name);
  return copy;
}

describe('paths', () => {
  it('read and replace one answer and share the rest', () => {
    const draft: Draft = defaultPlan('direct');
    const changed = withAt(draft, 'clients.0.sources.1', '10.0.0.0/8');
    expect(at(changed, 'clients.0.sources.1')).toBe('10.0.0.0/8');
    expect(at(draft, 'clients.0.sources.1')).toBe('2001:db8:20::/64');
    expect(changed.server).toBe(draft.server);
  });

  it('return undefined for missing values, including names that every object has', () => {
    expect(at(defaultPlan('direct'), 'clients.7.name')).toBeUndefined();
    expect(at(defaultPlan('direct'), 'server.constructor')).toBeUndefined();
  });
});

describe('the shape of a draft', () => {
  it.each(patterns)('matches every default plan: %s', (pattern) => {
    expect(isDraft(defaultPlan(pattern))).toBe(true);
  });

  it('matches every preset', () => {
    for (const name of readdirSync(presets).filter((file) => file.endsWith('.json') && file !== 'index.json')) {
      const parsed = parsePlan(JSON.parse(readFileSync(new URL(name, presets), 'utf8')));
      expect(parsed.ok && isDraft(parsed.value), name).toBe(true);
    }
  });

  it('allows answers that are not valid yet', () => {
    expect(isDraft(withAt(defaultPlan('direct'), 'server.port', 'fifty'))).toBe(true);
  });

  it('requires every answer of the plan, in every branch', () => {
    const unneeded = everyBranch().flatMap((plan) =>
      answerPaths(plan).filter((path) => isDraft(withoutAnswer(plan, path)) || isDraft(withAt(plan, path, {}))),
    );
    expect([...new Set(unneeded)]).toEqual([]);
  });

  it('requires the known words of a choice', () => {
    expect(isDraft(withAt(defaultPlan('direct'), 'clients.0.auth', { method: 'magic' }))).toBe(false);
    expect(isDraft(withAt(defaultPlan('direct'), 'security.tlsMinimum', 'TLSv1'))).toBe(false);
    expect(isDraft(withAt(defaultPlan('direct'), 'version', 3))).toBe(false);
  });
});

describe('the saved draft', () => {
  const saved = (state: unknown, version = SAVED_VERSION) => JSON.stringify({ state, version });

  it('opens unchanged', () => {
    const state = { draft: defaultPlan('vpn'), kept: defaultPlan('direct'), plan: 'one' };
    const seen = { tab: 3 };
    expect(readSaved(JSON.stringify({ state, version: SAVED_VERSION, seen }))).toEqual({
      state,
      version: SAVED_VERSION,
      seen,
    });
  });

  it('opens without the names that earlier pages did not save for tabs and plans', () => {
    const state = { draft: defaultPlan('vpn'), kept: null };
    expect(readSaved(saved(state))).toEqual({ state: { ...state, plan: '' }, version: SAVED_VERSION, seen: {} });
  });

  it('is reported as damaged or newer, and never crashes', () => {
    expect(readSaved('{"state":')).toBe('damaged');
    expect(readSaved('null')).toBe('damaged');
    expect(readSaved(saved({ draft: { clients: 7 }, kept: null }))).toBe('damaged');
    expect(readSaved(saved({ anything: true }, SAVED_VERSION + 1))).toBe('newer');
  });
});

describe('changing the pattern', () => {
  it.each(patterns.flatMap((from) => patterns.map((to) => [from, to] as const)))(
    'invents nothing, and leaves nothing wrong: %s to %s',
    (from, to) => {
      const edited = withAt(ownPlan(from) as Draft, 'clients.0.roles', ['orders']);
      const moved = withPattern(edited, to);
      const parsed = parsePlan(moved);
      const issues = parsed.ok ? exampleValues(parsed.value) : parsed.issues;
      expect(issues.filter((issue) => !isUnanswered(issue))).toEqual([]);
      expect(withPattern(blankPlan(from), to)).toEqual(blankPlan(to));
    },
  );

  it.each(patterns)(
    'a new plan has no example, no role and no database in it, and says all that is missing: %s',
    (pattern) => {
      const draft = blankPlan(pattern);
      expect(JSON.stringify(draft)).not.toMatch(/example\.com|203\.0\.113|198\.51\.100|2001:db8/);
      const parsed = parsePlan(draft);
      const issues = parsed.ok ? [] : parsed.issues;
      expect(issues.filter((issue) => !isUnanswered(issue))).toEqual([]);
      const tunnel = pattern === 'vpn';
      expect(issues.map(({ path }) => path).toSorted()).toEqual(
        [
          ...(tunnel ? ['network.gateway.endpoint'] : ['clients.0.sources']),
          ...(pattern === 'direct' ? ['server.addresses.public'] : []),
          ...(pattern === 'private' ? ['server.addresses.private', 'network.subnets'] : []),
          ...(pattern === 'bastion' ? ['server.addresses.private', 'network.name', 'network.privateAddresses'] : []),
          'administration.people.0.sources',
          'clients.0.databases',
          'clients.0.roles',
        ].toSorted(),
      );
    },
  );

  it('keeps the server, the security and the clients', () => {
    const draft = withAt(withAt(defaultPlan('direct') as Draft, 'server.major', 15), 'clients.0.roles', ['orders']);
    const moved = withPattern(draft, 'bastion');
    expect(moved.server.major).toBe(15);
    expect(moved.security).toBe(draft.security);
    expect(moved.clients[0]).toMatchObject({ roles: ['orders'], via: 'bastion', sources: draft.clients[0]?.sources });
    expect(moved.administration.people[0]?.path).toBe('bastion');
  });

  it('loses nothing of what was answered while patterns are tried', () => {
    const draft = withAt(ownPlan('direct') as Draft, 'clients.0.sources', ['198.18.7.0/24']);
    const vpn = tryPattern(draft, 'vpn');
    expect(vpn.clients[0]?.sources).toEqual(['10.8.0.0/24', 'fd00:8::/64']);
    const subnet = tryPattern(vpn, 'private');
    expect(subnet).toEqual(withPattern(draft, 'private'));
    expect(tryPattern(subnet, 'direct')).toBe(draft);
    // An answer in between is one that stays.
    const edited = withAt(tryPattern(draft, 'vpn'), 'server.major', 15);
    expect(tryPattern(edited, 'direct').server.major).toBe(15);
  });

  it('does not keep the networks of a tunnel without it', () => {
    const draft = withAt(blankPlan('vpn'), 'clients.0.roles', ['orders']);
    const direct = withPattern(draft, 'direct');
    expect(direct.clients[0]).toMatchObject({ via: 'public', sources: [] });
    expect(direct.administration.people[0]?.sources).toEqual([]);
    expect(withPattern(direct, 'vpn').clients[0]?.sources).toEqual(['10.8.0.0/24', 'fd00:8::/64']);
  });
});
