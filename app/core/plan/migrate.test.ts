import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultPlan } from './defaults.ts';
import { migrate } from './migrate.ts';
import { parsePlan } from './parse.ts';
import type { PrivateNetwork } from './schema.ts';

/** The presets of the first release are plans of version 1, one of every kind; they are never changed. */
const presets = readdirSync('public/presets').filter((name) => name !== 'index.json');

test.each(presets)('the version 1 plan in %s opens, and the added answers change nothing', (name) => {
  const old = JSON.parse(readFileSync(`public/presets/${name}`, 'utf8'));
  expect(old.version).toBe(1);
  const opened = parsePlan(old);
  if (!opened.ok) throw new Error(JSON.stringify(opened.issues));
  const plan = opened.value;
  expect(plan).toMatchObject({ ...old, version: 2 });
  expect(plan.firewall.rateLimit).toBeNull();
  expect(plan.cloud.provider).toBe('none');
  expect(plan.monitoring).toMatchObject({ fail2ban: 'none', prometheus: false });
});

test('a plan that was saved before replicas could log in by certificate opens, and the replicas keep using passwords', () => {
  const { network, ...plan } = defaultPlan('private');
  const { replicationAuth: _, ...before } = network as PrivateNetwork;
  const opened = parsePlan({ ...plan, network: before });
  expect(opened).toMatchObject({ ok: true, value: { network: { ...before, replicationAuth: 'scram' } } });
});

test('a plan that was saved before clusters had names opens, and refers to the cluster that packages create', () => {
  const { server, ...plan } = defaultPlan('direct');
  const { cluster: _, ...before } = server;
  expect(parsePlan({ ...plan, server: before })).toMatchObject({ ok: true, value: { server: { cluster: 'main' } } });
});

test('a plan that was saved before LDAP searches had a bind DN opens, and the searches stay anonymous', () => {
  const { clients, ...plan } = defaultPlan('direct');
  const bind = { kind: 'search', baseDn: 'dc=example', attribute: 'uid' };
  const auth = { method: 'ldap', server: 'ldap.example.com', port: 636, tls: 'ldaps', bind };
  const opened = parsePlan({ ...plan, clients: clients.map((client) => ({ ...client, auth })) });
  expect(opened).toMatchObject({
    ok: true,
    value: { clients: [{ auth: { ...auth, bind: { ...bind, bindDn: null } } }] },
  });
});

test.each([
  [null],
  [1],
  ['text'],
  [{ version: 1, network: { pattern: 'constructor' }, clients: 'no list', security: [], firewall: null }],
  [{ version: 1, clients: [1, null, 'x'] }],
  [{ version: 2, clients: [{ auth: null }, { auth: { bind: [] } }, { auth: { bind: { kind: 'search' } } }] }],
])('anything that is not a plan is left to validation: %j', (json) => expect(() => migrate(json)).not.toThrow());

// A link leaves out what equals the default plan, so an answer that was added later takes its value from there.
test.each(['direct', 'vpn', 'private', 'bastion'] as const)(
  'a missing answer is filled in with the value of the default plan, or not at all: %s',
  (pattern) => {
    const plan = defaultPlan(pattern);
    let filledIn = 0;
    for (const [group, answers] of Object.entries(plan)) {
      if (typeof answers !== 'object') continue;
      const isList = Array.isArray(answers);
      for (const answer of Object.keys(isList ? (answers[0] ?? {}) : answers)) {
        const without = (entry: object) => Object.fromEntries(Object.entries(entry).filter(([key]) => key !== answer));
        const saved = { ...plan, [group]: isList ? answers.map(without) : without(answers) };
        const opened = parsePlan(saved);
        if (!opened.ok) continue;
        filledIn += 1;
        expect(opened.value, `${group}.${answer}`).toEqual(plan);
      }
    }
    expect(filledIn).toBeGreaterThan(5);
  },
);

// Tabs compare their saved plans as text.
test.each(['direct', 'vpn', 'private', 'bastion'] as const)(
  'a complete plan keeps the order of its answers: %s',
  (pattern) => {
    const text = JSON.stringify(defaultPlan(pattern));
    expect(JSON.stringify(migrate(JSON.parse(text)))).toBe(text);
  },
);
