import { expect, test } from 'vitest';
import { defaultPlan, generate, type Plan, parsePlan } from '../index.ts';

function withPooler(change: (client: Plan['clients'][number]) => Partial<Plan['clients'][number]>): Plan {
  const start = defaultPlan('bastion');
  if (start.network.pattern !== 'bastion') throw new Error('the default of bastion is a bastion');
  const proxy = { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pooler' } as const;
  return {
    ...start,
    network: { ...start.network, proxy },
    clients: start.clients.map((client) => ({ ...client, databases: ['app'], ...change(client) })),
  };
}

const refusedAt = (plan: Plan): string[] => {
  const parsed = parsePlan(plan);
  return parsed.ok ? [] : parsed.issues.map(({ path }) => [path].flat().join('.'));
};

test('what PgBouncer cannot forward is rejected at the answer', () => {
  expect(refusedAt(withPooler(() => ({})))).toEqual([]);
  expect(refusedAt(withPooler(() => ({ auth: { method: 'cert' } })))).toEqual(['clients.0.auth.method']);
  expect(refusedAt(withPooler(() => ({ replication: 'logical' })))).toEqual(['clients.0.replication']);
  expect(refusedAt(withPooler(() => ({ databases: 'all' })))).toEqual(['clients.0.databases']);
  for (const name of ['pgbouncer', '*', 'größe', 'quo"te', ';x'])
    expect(refusedAt(withPooler(() => ({ databases: [name] }))), name).toEqual(['clients.0.databases.0']);
  expect(refusedAt(withPooler(() => ({ roles: ['pooler'] })))).toEqual(['clients.0.roles.0']);
});

test("PgBouncer's hba file contains the networks of the clients, and pg_hba.conf those of the bastion", () => {
  const { files } = generate(withPooler(() => ({ roles: ['sameuser'] })));
  const text = (path: string) => files.find((file) => file.path.endsWith(path))?.content ?? '';
  expect(text('postern_hba.conf')).toContain('hostssl "app" "sameuser" 198.51.100.0/28 scram-sha-256\n');
  expect(text('/pg_hba.conf')).not.toContain('198.51.100.0/28 ');
  expect(text('/pg_hba.conf')).toMatch(/^hostssl\s+app\s+pooler\s+10\.0\.2\.5\/32/m);
});
