import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultClient, defaultPlan } from '../../../app/core/index.ts';
import { run } from '../../server/harness/command.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { unpackBundle } from './bundle.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const bundle = `${own}/large-bundle`;
const start = defaultPlan('direct');
const [CLIENTS, NETWORKS] = [5, 500];
const plan = valid(
  {
    ...start,
    firewall: { ...start.firewall, kind: 'none' },
    clients: Array.from({ length: CLIENTS }, (_, client) => ({
      ...defaultClient('public'),
      name: `client ${client}`,
      roles: [`role_${client}`],
      sources: Array.from({ length: NETWORKS }, (_, at) => `10.${client + 1}.${at >> 7}.${2 * (at & 127)}`),
    })),
    rollout: { confirmSeconds: 60 },
  },
  'a plan with thousands of rules',
);

describe.skipIf(!inNamespace)('a plan with 2,500 rules', () => {
  let server: AppliedServer;
  beforeAll(async () => {
    server = await appliedServer(plan);
    await unpackBundle(plan, bundle);
    await server.start();
  });
  afterAll(() => server.end());

  it('is applied, and the test kit finds every rule', async () => {
    const { code, stdout, stderr } = await run('bash', [`${bundle}/database-server/apply.sh`]);
    expect(code, stdout.slice(-2000) + stderr).toBe(0);
    expect(stderr).not.toContain('Argument list too long');
    expect(stdout).toContain('passed');
    expect(await server.ask('select count(*) from pg_hba_file_rules where type = $$hostssl$$')).toBe(
      String(CLIENTS * NETWORKS),
    );
    expect((await run('bash', [`${bundle}/database-server/apply.sh`, '--confirm'])).code).toBe(0);
  });
});
