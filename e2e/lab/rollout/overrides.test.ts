import { appendFileSync, chownSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan } from '../../../app/core/index.ts';
import { run } from '../../server/harness/command.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { differences, everything, unpackBundle } from './bundle.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const bundle = `${own}/overrides-bundle`;
const script = `${bundle}/database-server/apply.sh`;
const start = defaultPlan('direct');
const plan = valid(
  {
    ...start,
    server: { ...start.server, platform: 'debian', major: 18 },
    firewall: { ...start.firewall, kind: 'none' },
    rollout: { confirmSeconds: 60 },
  },
  'settings that others override',
);

describe.skipIf(!inNamespace)('a setting of the plan that is overridden elsewhere', () => {
  let server: AppliedServer;
  let company: string;

  const apply = async (...options: string[]) => {
    const { code, stdout, stderr } = await run('bash', [script, ...options]);
    return { code, said: stdout + stderr };
  };
  const putCompany = (text: string) => {
    writeFileSync(company, text);
    const { uid, gid } = statSync(server.data);
    chownSync(company, uid, gid);
  };

  beforeAll(async () => {
    server = await appliedServer(plan);
    company = `${server.config}/conf.d/zz-company.conf`;
    await unpackBundle(plan, bundle);
  });
  beforeEach(async () => {
    rmSync('/var/lib/postern', { recursive: true, force: true });
    await server.start();
  });
  afterEach(async () => {
    rmSync(company, { force: true });
    writeFileSync(`${server.data}/postgresql.auto.conf`, '');
    await server.stop();
  });
  afterAll(() => server.end());

  it('stops the change before it begins, and is listed with its source', async () => {
    await server.ask("alter system set password_encryption = 'md5'");
    putCompany("# company policy\nssl_min_protocol_version = 'TLSv1'\n");
    const before = everything();
    const { code, said } = await apply();
    expect(code, said).not.toBe(0);
    expect(said).toContain(
      "password_encryption = 'md5' instead of 'scram-sha-256': from ALTER SYSTEM. To remove it: ALTER SYSTEM RESET password_encryption;",
    );
    expect(said).toContain(`ssl_min_protocol_version = 'TLSv1' instead of 'TLSv1.2': from ${company} line 2`);
    expect(said).toContain('Nothing was changed');
    expect(differences(before, everything())).toEqual([]);
    // The same check without a change.
    expect((await apply('--dry-run')).code).not.toBe(0);
  });

  it('remains in force if that is accepted, and the log says so', async () => {
    await server.ask("alter system set password_encryption = 'md5'");
    const { code, said } = await apply('--accept-overrides');
    expect(code, said).toBe(0);
    expect(said).toContain("password_encryption = 'md5' instead of 'scram-sha-256'");
    expect(await server.ask('show password_encryption')).toBe('md5');
    expect((await run('bash', [script, '--undo'])).code).toBe(0);
  });

  it('is not a finding if its value is that of the plan', async () => {
    await server.ask("alter system set password_encryption = 'scram-sha-256'");
    const { code, said } = await apply('--dry-run');
    expect(code, said).toBe(0);
    expect(said).not.toContain('do not take effect');
  });

  it('of a role is found once the change is in force, and rolled back', async () => {
    const original = readFileSync(`${server.config}/postgresql.conf`, 'utf8');
    await server.ask("create role app_md5 login; alter role app_md5 set password_encryption = 'md5'");
    const { code, said } = await apply('--replace-rules');
    expect(code, said).not.toBe(0);
    expect(said).toContain("password_encryption = 'md5' instead of 'scram-sha-256': from ALTER ROLE app_md5");
    expect(said).toContain('rolled back');
    expect(readFileSync(`${server.config}/postgresql.conf`, 'utf8')).toBe(original);
    await server.ask('drop role app_md5');
  });

  it('from the command line is found if it survives', async () => {
    expect((await apply()).code).toBe(0);
    expect((await run('bash', [script, '--confirm'])).code).toBe(0);
    await server.stop();
    await server.start('-c password_encryption=md5');
    appendFileSync(`${bundle}/database-server/conf.d/postern.conf`, '# a change that needs no restart\n');
    const { code, said } = await apply();
    expect(code, said).not.toBe(0);
    expect(said).toContain("password_encryption = 'md5' instead of 'scram-sha-256': from the command line");
    expect(said).toContain('rolled back');
  });
});
