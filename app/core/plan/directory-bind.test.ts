import { expect, test } from 'vitest';
import { defaultPlan } from './defaults.ts';
import { directoryBinds } from './directory-bind.ts';
import { decodeLink, encodeLink } from './link.ts';
import { parsePlan } from './parse.ts';
import type { Client, Plan } from './schema.ts';

const searching = (server: string, bindDn: string | null): Client['auth'] => ({
  method: 'ldap',
  server,
  port: 636,
  tls: 'ldaps',
  bind: { kind: 'search', baseDn: 'dc=example,dc=com', attribute: 'uid', bindDn },
});

function planWith(...logins: readonly Client['auth'][]): Plan {
  const plan = defaultPlan('direct');
  const [client] = plan.clients;
  if (!client) throw new Error('the default has a client');
  return { ...plan, clients: logins.map((auth, index) => ({ ...client, name: `client ${index}`, auth })) };
}

const issuesOf = (plan: Plan): string[] => {
  const parsed = parsePlan(plan);
  return parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path}: ${message.slice(0, 30)}`);
};

test('each LDAP server has one bind DN', () => {
  const [one, other] = ['cn=reader,dc=example', 'cn=other,dc=example'];
  const server = 'ldap.example.com';
  expect(issuesOf(planWith(searching(server, one), searching(server, one), searching(server, null)))).toEqual([]);
  expect(issuesOf(planWith(searching(server, one), searching('ad.example.com', other)))).toEqual([]);
  expect(issuesOf(planWith(searching(server, one), searching('LDAP.example.com', other)))).toEqual([
    expect.stringContaining('clients.1.auth.bind.bindDn: Another client uses'),
  ]);
});

test.each(['cn=reader,dc=example,dc=com', 'reader@example.com', 'EXAMPLE\\reader', 'cn="a, b" # c\\'])(
  '%s is a name to log in with, and a link keeps it',
  async (name) => {
    const plan = planWith(searching('ldap.example.com', name));
    expect(issuesOf(plan)).toEqual([]);
    expect(await decodeLink(await encodeLink(plan))).toEqual({ ok: true, value: plan });
    expect(directoryBinds(plan.clients)).toEqual([
      { server: 'ldap.example.com', dn: name, path: 'clients.0.auth.bind.bindDn' },
    ]);
  },
);

test.each(['', ' cn=a', 'cn=a\nhost all all all trust', 'x'.repeat(501)])('%j is not a name to log in with', (name) => {
  expect(issuesOf(planWith(searching('ldap.example.com', name)))).toHaveLength(1);
});
