import { expect, test } from 'vitest';
import { defaultPlan } from '../../plan/defaults.ts';
import type { Client, Plan } from '../../plan/schema.ts';
import { generate } from '../generate.ts';

const planOf = (roles: readonly string[], auth: Client['auth']): Plan => {
  const start = defaultPlan('direct');
  return { ...start, clients: start.clients.slice(0, 1).map((client) => ({ ...client, roles: [...roles], auth })) };
};

test.each([
  [['app'], true, true],
  [['app@EXAMPLE.COM', 'web'], true, true],
  [['app@EXAMPLE.COM'], true, false],
  [['app'], false, false],
])('Kerberos logins as %j with include_realm %s fail: %s', (roles, includeRealm, fail) => {
  const { findings } = generate(planOf(roles, { method: 'gss', realm: 'EXAMPLE.COM', includeRealm }));
  expect(findings.some(({ id }) => id === 'gss-realm')).toBe(fail);
});
