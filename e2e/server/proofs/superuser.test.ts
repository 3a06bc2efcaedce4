import { describe, expect, it } from 'vitest';
import { defaultClient, defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { majors } from '../harness/binaries.ts';
import { deploy } from '../harness/deployment.ts';
import { inNamespace } from '../harness/namespace.ts';
import { onMajor, valid } from '../harness/plans.ts';

/** The superuser is the only role of the plan: once from another machine, where that is allowed, and once on the server. */
function onlySuperuser(): Plan {
  const plan = defaultPlan('direct');
  const superuser = { roles: [plan.server.superuser], databases: ['app'] };
  return valid(
    {
      ...plan,
      security: { ...plan.security, remoteSuperuser: true },
      clients: [
        { ...defaultClient('public'), ...superuser, name: 'remote', sources: ['198.51.100.0/28'] },
        { ...defaultClient('socket'), ...superuser, name: 'local' },
      ],
    },
    'a plan of the superuser alone',
  );
}

describe.skipIf(!inNamespace)('a plan whose only role is the superuser', () => {
  it.each(majors)('is accepted completely by PostgreSQL %i, and allows the superuser over TLS only', async (major) => {
    const plan = onMajor(onlySuperuser(), major);
    const [target = ''] = plan.server.addresses.public;
    const stands = await deploy(plan, generate(plan).files);
    try {
      const trial = {
        title: 'the superuser from its network',
        source: '198.51.100.1',
        target,
        role: plan.server.superuser,
        database: 'app',
        replication: 'none',
        certificate: null,
        password: 'right',
        expected: 'in',
      } as const;
      expect(await stands.knock({ ...trial, tls: true })).toMatchObject({ kind: 'in' });
      expect(await stands.knock({ ...trial, tls: false })).toMatchObject({ kind: 'refused' });
    } finally {
      await stands.stop();
    }
  });
});
