import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultPlan } from './defaults.ts';
import { migrate } from './migrate.ts';
import { parsePlan } from './parse.ts';
import type { PrivateNetwork } from './schema.ts';

/** The presets of the first release are plans of version 1, one of every kind; they stay as they were written. */
const presets = readdirSync('public/presets').filter((name) => name !== 'index.json');

test.each(presets)('the plan of version 1 in %s opens, and what it lacks changes nothing', (name) => {
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

test('a plan that was saved before replicas could log in by certificate opens, and they go on with passwords', () => {
  const { network, ...plan } = defaultPlan('private');
  const { replicationAuth: _, ...before } = network as PrivateNetwork;
  const opened = parsePlan({ ...plan, network: before });
  expect(opened).toMatchObject({ ok: true, value: { network: { ...before, replicationAuth: 'scram' } } });
});

test.each([
  [null],
  [1],
  ['text'],
  [{ version: 1, network: { pattern: 'constructor' }, clients: 'no list', security: [], firewall: null }],
  [{ version: 1, clients: [1, null, 'x'] }],
])('what is no plan is left for the door: %j', (json) => expect(() => migrate(json)).not.toThrow());
