import { existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, type Plan } from '../../../app/core/index.ts';
import { visitor } from '../../server/harness/accounts.ts';
import { must, run } from '../../server/harness/command.ts';
import { carry, comeFrom } from '../../server/harness/loopback.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { differences, everything, rolledBack, unpackBundle } from './bundle.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const SECONDS = 10;
const ADDRESS = '203.0.113.10';

/** The same server with a CA and a login timeout of its own for each lifetime of its certificate. */
function planFor(days: number): Plan {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      firewall: { ...start.firewall, kind: 'none' },
      security: {
        ...start.security,
        authenticationTimeout: days / 10,
        certificate: { source: 'own-ca', algorithm: 'ecdsa', days, revocation: false },
      },
      rollout: { confirmSeconds: SECONDS },
    },
    `a server with a certificate of ${days} days`,
  );
}

describe.skipIf(!inNamespace)('a change of the CA', () => {
  let server: AppliedServer;
  const [first, second, third] = [400, 500, 600].map((days) => ({
    plan: planFor(days),
    bundle: `${own}/ca-${days}`,
    ca: `${own}/ca-${days}/database-server/ca.crt`,
  })) as [Side, Side, Side];
  interface Side {
    readonly plan: Plan;
    readonly bundle: string;
    readonly ca: string;
  }
  const apply = async ({ bundle }: Side, ...args: string[]) => {
    const ran = await run('bash', [`${bundle}/database-server/apply.sh`, ...args]);
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    return ran;
  };
  /** Whether a login over TLS succeeds with this CA's certificate as root. */
  const login = async ({ ca, bundle }: Side) => {
    must('sh', ['-c', 'chmod -R a+rX "$0"', bundle]);
    const conninfo = `host=${ADDRESS} dbname=app user=app sslmode=verify-full sslrootcert=${ca}`;
    const { stdout, stderr } = await run('psql', ['-XAtq', '-d', conninfo, '-c', 'select current_user'], {
      as: visitor,
      env: { PGPASSWORD: 'a password' },
    });
    return (stdout + stderr).trim();
  };

  beforeAll(async () => {
    server = await appliedServer(first.plan);
    carry(['198.51.100.5']);
    comeFrom('198.51.100.5', ADDRESS);
    for (const side of [first, second, third]) await unpackBundle(side.plan, side.bundle);
    await server.start();
    await server.ask("set password_encryption = 'scram-sha-256'; create role app login password 'a password'");
    await server.ask('create database app owner app');
    const copied = `${first.bundle}/database-server/server.key`;
    await apply(first, '--replace-rules');
    expect(existsSync(copied), 'a change that may be rolled back needs its key for the next try').toBe(true);
    await apply(first, '--confirm');
    expect(existsSync(copied), 'the key is removed once it is confirmed').toBe(false);
    expect((await apply(first)).stdout).toContain('in place already');
    expect(await login(first)).toBe('app');
  });
  afterAll(() => server.end());

  it('that nobody confirms lets the clients of the old CA log in again', async () => {
    const before = everything();
    await apply(second);
    expect(await login(second)).toBe('app');
    expect(await login(first)).toContain('certificate verify failed');
    await rolledBack('database-server');
    expect(await login(first)).toBe('app');
    expect(await login(second)).toContain('certificate verify failed');
    expect(differences(before, everything())).toEqual([]);
  });

  it('is not undone by a late rollback once the certificates were renewed', async () => {
    await apply(second);
    await apply(second, '--confirm');
    const renewed = await run('bash', [`${third.bundle}/database-server/install-certificates.sh`]);
    expect(renewed.code, renewed.stderr).toBe(0);
    const { stdout } = await apply(second, '--undo');
    expect(stdout).toContain('they stay as they are');
    expect(await login(third)).toBe('app');
    rmSync('/var/lib/postern', { recursive: true, force: true });
  });

  it("is refused before anything changes while the certificate of Let's Encrypt is missing", async () => {
    const plan = valid(
      { ...first.plan, security: { ...first.plan.security, certificate: { source: 'lets-encrypt' } } },
      "a server with a certificate of Let's Encrypt",
    );
    const bundle = `${own}/lets-encrypt`;
    await unpackBundle(plan, bundle);
    const key = `/etc/postgresql/${plan.server.major}/main/postern-server.key`;
    must('mv', [key, `${own}/kept.key`]);
    const before = everything();
    const refused = await run('bash', [`${bundle}/database-server/apply.sh`]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`Nothing was changed: ${key} is missing`);
    expect(refused.stderr).toContain('Run get-certificate.sh first.');
    expect(differences(before, everything())).toEqual([]);
    must('mv', [`${own}/kept.key`, key]);
  });
});
