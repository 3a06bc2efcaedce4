import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains } from '../net/prefix.ts';
import { planArbitrary } from '../testing/plan-arbitrary.ts';
import { defaultPlan } from './defaults.ts';
import { parseSource } from './fields.ts';
import { parsePlan } from './parse.ts';
import { redact } from './redact.ts';
import type { Pattern, Plan } from './schema.ts';

const presets = new URL('../../../public/presets/', import.meta.url);
const plans: readonly (readonly [string, Plan])[] = [
  ...(['direct', 'vpn', 'private', 'bastion'] satisfies Pattern[]).map(
    (pattern) => [pattern, defaultPlan(pattern)] as const,
  ),
  ...readdirSync(presets)
    .filter((name) => name.endsWith('.json') && name !== 'index.json')
    .flatMap((name) => {
      const parsed = parsePlan(JSON.parse(readFileSync(new URL(name, presets), 'utf8')));
      return parsed.ok ? [[name, parsed.value] as const] : [];
    }),
];

describe.each(plans)('%s without its addresses and names', (_, plan) => {
  const neutral = redact(plan);

  it('is a valid plan, the same each time', () => {
    const parsed = parsePlan(neutral);
    expect(parsed.ok ? [] : parsed.issues).toEqual([]);
    expect(redact(plan)).toEqual(neutral);
  });

  it('preserves containment of networks', () => {
    const before = sourcesOf(plan);
    const after = sourcesOf(neutral);
    for (const [i, a] of before.entries()) {
      for (const [j, b] of before.entries()) expect(inside(after[i], after[j]), `${a} in ${b}`).toBe(inside(a, b));
    }
  });
});

it.each([
  '%m [%p] pg1@%h ',
  '{"host":"%h"} ',
  'client:"%h" ',
  "%m host:'%h' ",
  '%m client/%r ',
  '%m [%p] %h/pg1 ',
  '%m %h@pg1 %a ',
  'büro-1.example.com %-10m%% <%h> ',
  '%m 🏢 %h 🏢 ',
])('is valid with fail2ban and the prefix %s', (linePrefix) => {
  const start = defaultPlan('direct');
  const plan: Plan = { ...start, monitoring: { ...start.monitoring, fail2ban: 'file', linePrefix } };
  expect(parsePlan(plan).ok).toBe(true);
  const neutral = redact(plan);
  const parsed = parsePlan(neutral);
  expect(parsed.ok ? [] : parsed.issues).toEqual([]);
  expect(neutral.monitoring.linePrefix).not.toMatch(/pg1|büro|example/);
  const escapes = (prefix: string | null) => prefix?.match(/%-?\d*./g);
  expect(escapes(neutral.monitoring.linePrefix)).toEqual(escapes(linePrefix));
});

it('of a random plan is a valid plan', () => {
  fc.assert(
    fc.property(planArbitrary, (plan) => {
      const parsed = parsePlan(redact(plan));
      expect(parsed.ok ? [] : parsed.issues).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it('contains no name or address of the plan', () => {
  const plan: Plan = {
    ...defaultPlan('direct'),
    title: 'Zanzibar payroll',
    notes: 'ask Zoltan',
    server: {
      ...defaultPlan('direct').server,
      name: 'db.zanzibar.test',
      addresses: { public: ['8.8.4.4', '2620:fe::fe'], private: [], vpn: [] },
      dataDirectory: '/zanzibar/data',
    },
    security: {
      ...defaultPlan('direct').security,
      hostCertificates: [
        { name: 'orders.zanzibar.test', certificateFile: '/zanzibar/o.crt', keyFile: '/zanzibar/o.key' },
      ],
    },
    clients: defaultPlan('direct').clients.map((client) => ({
      ...client,
      name: 'zanzibar office',
      roles: ['zanzibar_app'],
      databases: ['zanzibar'],
      sources: ['8.8.8.0/24', '8.8.8.7', '2620:fe::/48', '0.0.0.0/0'],
    })),
  };
  const text = JSON.stringify(redact(plan));
  expect(text).not.toMatch(/z[ao](nzibar|ltan)|8\.8\.|2620/i);
  expect(text).toContain('0.0.0.0/0');
});

const sourcesOf = (plan: Plan): string[] => [
  ...plan.clients.flatMap(({ sources }) => sources),
  ...plan.server.addresses.vpn,
  ...(plan.network.pattern === 'vpn'
    ? [...plan.network.tunnel, ...plan.network.peers.flatMap((peer) => [...peer.addresses, ...peer.networks])]
    : []),
];

function inside(inner: string | undefined, outer: string | undefined): boolean {
  const [a, b] = [inner, outer].map((text) => parseSource(text ?? ''));
  return a !== undefined && b !== undefined && contains(b, a);
}
