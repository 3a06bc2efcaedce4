import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultPlan, type Pattern, parsePlan } from '../../core/index.ts';
import { at, withAt } from './at.ts';
import type { Draft } from './draft.ts';
import { withPattern } from './pattern.ts';
import { readSaved, SAVED_VERSION } from './saved.ts';
import { isDraft } from './shape.ts';

const patterns: readonly Pattern[] = ['direct', 'vpn', 'private', 'bastion'];
const presets = new URL('../../../public/presets/', import.meta.url);

describe('paths', () => {
  it('read and replace one answer and share the rest', () => {
    const draft: Draft = defaultPlan('direct');
    const changed = withAt(draft, 'clients.0.sources.1', '10.0.0.0/8');
    expect(at(changed, 'clients.0.sources.1')).toBe('10.0.0.0/8');
    expect(at(draft, 'clients.0.sources.1')).toBe('2001:db8:20::/64');
    expect(changed.server).toBe(draft.server);
  });

  it('give undefined for what is not there, also names that every object has', () => {
    expect(at(defaultPlan('direct'), 'clients.7.name')).toBeUndefined();
    expect(at(defaultPlan('direct'), 'server.constructor')).toBeUndefined();
  });
});

describe('the shape of a draft', () => {
  it.each(patterns)('is that of every default plan: %s', (pattern) => {
    expect(isDraft(defaultPlan(pattern))).toBe(true);
  });

  it('is that of every preset', () => {
    for (const name of readdirSync(presets).filter((file) => file.endsWith('.json') && file !== 'index.json')) {
      const parsed = parsePlan(JSON.parse(readFileSync(new URL(name, presets), 'utf8')));
      expect(parsed.ok && isDraft(parsed.value), name).toBe(true);
    }
  });

  it('has room for answers that are not valid yet', () => {
    expect(isDraft(withAt(defaultPlan('direct'), 'server.port', 'fifty'))).toBe(true);
  });

  it('is missed where a part is gone or of another kind', () => {
    expect(isDraft(withAt(defaultPlan('vpn'), 'network.peers', null))).toBe(false);
    expect(isDraft(withAt(defaultPlan('direct'), 'clients.0.auth', { method: 'magic' }))).toBe(false);
    expect(isDraft({})).toBe(false);
  });
});

describe('what was saved', () => {
  const saved = (state: unknown, version = SAVED_VERSION) => JSON.stringify({ state, version });

  it('opens as it was', () => {
    const state = { draft: defaultPlan('vpn'), kept: defaultPlan('direct') };
    expect(readSaved(saved(state))).toEqual({ state, version: SAVED_VERSION });
  });

  it('is called damaged or newer, and never crashes', () => {
    expect(readSaved('{"state":')).toBe('damaged');
    expect(readSaved('null')).toBe('damaged');
    expect(readSaved(saved({ draft: { clients: 7 }, kept: null }))).toBe('damaged');
    expect(readSaved(saved({ anything: true }, SAVED_VERSION + 1))).toBe('newer');
  });
});

describe('changing the pattern', () => {
  it.each(patterns.flatMap((from) => patterns.map((to) => [from, to] as const)))(
    'gives a valid plan: %s to %s',
    (from, to) => {
      const edited = withAt(defaultPlan(from) as Draft, 'clients.0.roles', ['orders']);
      const parsed = parsePlan(withPattern(edited, to));
      expect(parsed.ok ? [] : parsed.issues).toEqual([]);
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

  it('moves clients of the tunnel to networks that exist without it', () => {
    const draft = withAt(defaultPlan('vpn') as Draft, 'clients.0.roles', ['orders']);
    expect(withPattern(draft, 'direct').clients[0]).toMatchObject({
      via: 'public',
      sources: ['198.51.100.0/28'],
    });
  });
});
