import { expect, test } from 'vitest';
import { defaultPlan } from './defaults.ts';
import { parsePlan } from './parse.ts';
import type { Client, Plan } from './schema.ts';

const oauth = {
  method: 'oauth',
  issuer: 'https://login.acme.test',
  scope: 'openid',
  validator: 'validator',
  options: [] as string[],
  clientId: null,
  mapping: { kind: 'same' },
} as const;

function issuesOf(major: number, auth: object, changes: Partial<Client> = {}, more: Partial<Plan> = {}): string[] {
  const plan = { ...defaultPlan('direct'), ...more };
  const parsed = parsePlan({
    ...plan,
    server: { ...plan.server, major },
    clients: plan.clients.map((client) => ({ ...client, ...changes, auth: { ...oauth, ...auth } })),
  });
  return parsed.ok ? [] : parsed.issues.map(({ path, id }) => `${path}: ${id}`);
}
const map = (...identities: string[]) => ({ mapping: { kind: 'map', identities } });

test.each([
  [18, {}, {}, []],
  [19, { options: ['audience=x', 'b='] }, {}, []],
  [18, map('maria@acme.test'), {}, []],
  [18, { mapping: { kind: 'validator' } }, {}, []],
  [17, {}, {}, ['clients.0.auth.method: oauth.major']],
  [11, {}, {}, ['clients.0.auth.method: oauth.major']],
  [18, {}, { tls: 'allow' }, ['clients.0.tls: oauth.tls']],
  [18, { options: ['audience=x'] }, {}, ['clients.0.auth.options: oauth.optionMajor']],
  [19, { options: ['audience=x', 'b=1', 'audience=y'] }, {}, ['clients.0.auth.options.2: oauth.optionTwice']],
  [18, map(), {}, ['clients.0.auth.mapping.identities: plan.emptyList']],
  [18, map('a', 'a'), {}, ['clients.0.auth.mapping.identities.1: entry.twice']],
  [18, map('/x'), {}, ['clients.0.auth.mapping.identities.0: oauth.identity']],
  [18, { issuer: 'http://login.acme.test' }, {}, ['clients.0.auth.issuer: oauth.issuer']],
  [
    18,
    {},
    { via: 'socket', sources: [] },
    ['clients.0.via: client.path', 'clients.0.auth.method: client.socketMethod'],
  ],
] as const)('PostgreSQL %i, %j, %j', (major, auth, changes, issues) => {
  const found = issuesOf(major, auth, changes as Partial<Client>);
  if (issues.length === 0) expect(found).toEqual([]);
  else
    expect(
      issues.some((issue) => found.includes(issue)),
      found.join(),
    ).toBe(true);
  expect(
    found.every((issue) => (issues as readonly string[]).includes(issue)),
    found.join(),
  ).toBe(true);
});

test('lines of a map count as rules', () => {
  const identities = Array.from({ length: 500 }, (_, index) => `user${index}@acme.test`);
  const roles = Array.from({ length: 20 }, (_, index) => `role${index}`);
  expect(issuesOf(18, map(...identities), { roles })).toEqual(['clients.0.auth.mapping.identities: size.rules']);
});
