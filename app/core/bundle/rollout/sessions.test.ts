import { expect, test } from 'vitest';
import { defaultClient, defaultPlan, generate, type Plan, parsePlan } from '../../index.ts';

function planOn(major: number): Plan {
  const start = defaultPlan('private');
  const replica = (number: number) => ({ name: `r${number}.example.com`, addresses: [`10.0.2.1${number}`] });
  const client = { ...defaultClient('private'), sources: ['10.0.1.0/24'] };
  const plan = parsePlan({
    ...start,
    server: { ...start.server, major },
    network: { ...start.network, replicas: [replica(1), replica(2)] },
    clients: [
      { ...client, name: 'web' },
      { ...client, name: 'reports', roles: ['reader'], endpoint: 'replica' },
    ],
  });
  if (!plan.ok) throw new Error(JSON.stringify(plan.issues));
  return plan.value;
}

/** The lines of a client's section in `connection-strings.md`, by driver. */
function strings(plan: Plan, client: string): Record<string, string> {
  const file = generate(plan).files.find(({ path }) => path === 'clients/connection-strings.md')?.content ?? '';
  const part = file.split('\n## ').find((text) => text.startsWith(client)) ?? '';
  return Object.fromEntries(
    [...part.matchAll(/^`([^`\n]+)`\n\n```\w+\n(.*)\n```$/gm)].map(([, driver = '', line = '']) => [driver, line]),
  );
}

const writes = {
  libpq: 'target_session_attrs=read-write',
  JDBC: 'targetServerType=primary',
  psycopg: 'target_session_attrs=read-write',
  Npgsql: 'Target Session Attributes=read-write',
  pgx: 'target_session_attrs=read-write',
};
const reads = {
  libpq: 'target_session_attrs=prefer-standby',
  JDBC: 'targetServerType=preferSecondary',
  psycopg: 'target_session_attrs=prefer-standby',
  Npgsql: 'Target Session Attributes=prefer-standby',
  pgx: 'target_session_attrs=prefer-standby',
};

test.each([11, 13, 14, 16, 18])('on %i clients of the primary require a writable server in every driver', (major) => {
  const found = strings(planOn(major), 'web');
  for (const [driver, words] of Object.entries(writes)) expect(found[driver], driver).toContain(words);
  for (const line of Object.values(found)) expect(line).not.toMatch(/r1\.example\.com|load_?balance/i);
});

test.each([14, 16, 18])('on %i reporting clients list every replica and prefer a standby', (major) => {
  const found = strings(planOn(major), 'reports');
  for (const [driver, words] of Object.entries(reads)) {
    expect(found[driver], driver).toContain(words);
    expect(found[driver], driver).toMatch(/r1\.example\.com(:5432)?,r2\.example\.com/);
    expect(found[driver], driver).not.toContain('db.example.com');
  }
  expect(found.libpq?.includes('load_balance_hosts=random')).toBe(major >= 16);
});

test.each([11, 13])('on %i, where libpq may be too old for prefer-standby, only other drivers set it', (major) => {
  const found = strings(planOn(major), 'reports');
  expect(found.JDBC).toContain(reads.JDBC);
  expect(found.Npgsql).toContain(reads.Npgsql);
  for (const driver of ['libpq', 'psycopg', 'pgx'])
    expect(found[driver], driver).not.toMatch(/prefer-standby|load_balance/);
});

test('node-postgres, which supports one host, gets the first, and a pool for each is recommended', () => {
  expect(strings(planOn(18), 'reports')['node-postgres']).toContain('host: "r1.example.com"');
  const file = generate(planOn(18)).files.find(({ path }) => path === 'clients/connection-strings.md')?.content;
  expect(file).toContain('Create a pool for each replica: r1.example.com, r2.example.com');
});
