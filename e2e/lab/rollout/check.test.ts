import { existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan } from '../../../app/core/index.ts';
import { must, run } from '../../server/harness/command.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { until } from '../../server/harness/until.ts';
import { differences, everything, unpackBundle } from './bundle.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const bundle = `${own}/check-bundle`;
const script = `${bundle}/database-server/apply.sh`;
const start = defaultPlan('direct');
const plan = valid(
  {
    ...start,
    server: { ...start.server, platform: 'debian', major: 18 },
    firewall: { ...start.firewall, kind: 'nftables' },
    rollout: { confirmSeconds: 60 },
  },
  'a preflight',
);

/** The table by the names of its rows: the first word, and the rest. */
async function check(): Promise<{ code: number | null; said: string; row: (name: string) => string }> {
  const { code, stdout, stderr } = await run('bash', [script, '--check']);
  const said = stdout + stderr;
  const rows = stdout.split('\n');
  return {
    code,
    said,
    row: (name) => {
      const at = rows.findIndex((line) => line.slice(9).startsWith(`${name} `));
      if (at < 0) throw new Error(`No row ${name} in:\n${said}`);
      const more = rows.slice(at + 1).findIndex((line) => !line.startsWith(' '));
      return rows.slice(at, at + 1 + more).join('\n');
    },
  };
}

describe.skipIf(!inNamespace)('apply.sh --check', () => {
  let server: AppliedServer;

  beforeAll(async () => {
    server = await appliedServer(plan);
    await unpackBundle(plan, bundle);
    await server.start();
  });
  beforeEach(() => rmSync('/var/lib/postern', { recursive: true, force: true }));
  afterAll(() => server.end());

  it('reports the state of the machine, changes nothing and leaves nothing', async () => {
    const before = everything();
    const rules = must('nft', ['list', 'ruleset']);
    const started = server.postmaster();
    const { code, said, row } = await check();
    expect(code, said).toBe(0);
    expect(row('Programs')).toMatch(/^ok .* all installed$/);
    expect(row('PostgreSQL')).toContain(`data directory ${server.data}, port 5432`);
    expect(row('Addresses')).toMatch(/^ok .*present: /);
    expect(row('Sessions')).toMatch(/^ok .* none$/);
    expect(row('New files')).toContain('A separate PostgreSQL has read the files and accepts them.');
    expect(said).toContain('0 would stop the change');
    expect(differences(before, everything())).toEqual([]);
    expect(must('nft', ['list', 'ruleset'])).toBe(rules);
    expect(server.postmaster()).toBe(started);
    expect(existsSync('/var/lib/postern')).toBe(false);
  });

  it('a rollback that is no longer due leaves nothing either', async () => {
    const { code, stdout, stderr } = await run('bash', [script, '--take-back', '1']);
    expect(code, stdout + stderr).toBe(0);
    expect(existsSync('/var/lib/postern')).toBe(false);
  });

  it('warns of sessions that a restart disconnects, and of settings that await one', async () => {
    const held = server.ask("set application_name = 'nightly report'; select pg_sleep(12)");
    await until(
      'the session is there',
      async () =>
        Number(await server.ask("select count(*) from pg_stat_activity where application_name = 'nightly report'")) > 0,
    );
    await server.ask('alter system set max_connections = 77');
    await server.ask('select pg_reload_conf()');
    const { code, said, row } = await check();
    expect(code, said).toBe(0);
    expect(row('Present settings')).toMatch(/^warning .*/);
    expect(row('Present settings')).toContain('Earlier changes of settings already wait for a restart.');
    expect(row('Sessions')).toContain(
      `1 of ${plan.server.superuser} in postgres from the local socket (nightly report)`,
    );
    expect(row('Sessions')).toMatch(/^warning /);
    await held;
    await server.ask('alter system reset max_connections');
    await server.ask('select pg_reload_conf()');
  });

  it('stops at what overrides the plan, and at a server that does not run', async () => {
    await server.ask("alter system set password_encryption = 'md5'");
    await server.ask('select pg_reload_conf()');
    const overridden = await check();
    expect(overridden.code, overridden.said).toBe(1);
    expect(overridden.row('New files')).toContain("password_encryption = 'md5' instead of 'scram-sha-256'");
    await server.ask('alter system reset all');
    await server.stop();
    const stopped = await check();
    expect(stopped.code, stopped.said).toBe(1);
    expect(stopped.row('PostgreSQL')).toMatch(/^STOP .*PostgreSQL does not run/);
    await server.start();
  });

  it('names each missing program with its package', async () => {
    const nft = must('sh', ['-c', 'command -v nft']).trim();
    must('mount', ['--bind', '/dev/null', nft]);
    try {
      const { code, said, row } = await check();
      expect(code, said).toBe(1);
      expect(row('Programs')).toContain('Not installed: nft. Packages: nftables');
    } finally {
      must('umount', [nft]);
    }
  });
});
