import { describe, expect, it } from 'vitest';
import { defaultPlan, parsePlan } from '../../../core/index.ts';
import { withAt } from './at.ts';
import { withoutUnusedExamples } from './examples.ts';

const V6 = /:/;
const start = defaultPlan('direct');
const onlyV4 = withAt(start, 'server.addresses.public', ['203.0.113.10']);

describe('withoutUnusedExamples', () => {
  it('drops the IPv6 examples with the last IPv6 address of the server, and the plan is valid', () => {
    expect(start.clients[0]?.sources.some((source) => V6.test(source))).toBe(true);
    expect(parsePlan(onlyV4).ok).toBe(false);
    const draft = withoutUnusedExamples(onlyV4, start);
    const sources = [...draft.clients, ...draft.administration.people].flatMap((entry) => entry.sources);
    expect(sources.filter((source) => V6.test(source))).toEqual([]);
    expect(sources.length).toBeGreaterThan(1);
    expect(parsePlan(draft).ok).toBe(true);
  });

  it('keeps what the user has typed', () => {
    const sources = ['192.0.2.0/28', '2600:77::/48'];
    const draft = withoutUnusedExamples(withAt(onlyV4, 'clients.0.sources', sources), start);
    expect(draft.clients[0]?.sources).toEqual(sources);
  });

  it('changes nothing while the server has an address of each family, or none yet', () => {
    expect(withoutUnusedExamples(start, start)).toEqual(start);
    const none = withAt(start, 'server.addresses.public', []);
    expect(withoutUnusedExamples(none, start).clients).toEqual(start.clients);
    // The first address that is typed says nothing about the next.
    expect(withoutUnusedExamples(onlyV4, none)).toEqual(onlyV4);
  });
});
