import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan } from '../../../app/core/index.ts';
import { must, run } from '../../server/harness/command.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { confirm, unpackBundle, untilWithLog } from './bundle.ts';
import { type AppliedServer, appliedServer } from './server.ts';

const SECONDS = 10;
const bundle = `${own}/hanging-bundle`;
const script = `${bundle}/database-server/apply.sh`;
const state = '/var/lib/postern/database-server';
const log = '/var/log/postern-apply.log';

const start = defaultPlan('direct');
const plan = valid(
  { ...start, firewall: { ...start.firewall, kind: 'none' }, rollout: { confirmSeconds: SECONDS } },
  'a server that hangs',
);

describe.skipIf(!inNamespace)('the automatic rollback', () => {
  let server: AppliedServer;
  const config = () => server.config;
  const files = () => {
    const names = ['postgresql.conf', 'conf.d', 'pg_hba.conf', 'pg_ident.conf', '.'].map(
      (name) => `${config()}/${name}`,
    );
    const found = names.map((name) =>
      statSync(name).isDirectory() ? readdirSync(name).sort().join('\n') : readFileSync(name, 'utf8'),
    );
    return found.join('\n');
  };
  const rules = () => server.ask('select count(*) from pg_hba_file_rules where auth_method = $$scram-sha-256$$');
  const said = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  let before: string;

  beforeAll(async () => {
    server = await appliedServer(plan);
    await unpackBundle(plan, bundle);
  });
  beforeEach(async () => {
    rmSync('/var/lib/postern', { recursive: true, force: true });
    rmSync(log, { force: true });
    await server.start();
    before = files();
  });
  afterEach(() => server.stop());
  afterAll(() => server.end());

  /** Runs apply.sh in a process group of its own. */
  const begin = () => {
    const started = spawn('bash', [script], { stdio: 'ignore', detached: true });
    const ended = new Promise<void>((resolve) => started.once('exit', () => resolve()));
    return { group: started.pid ?? 0, ended };
  };
  const changed = () =>
    untilWithLog('something is changed', () => existsSync(`${state}/pending`) && files() !== before);

  it('ends an apply.sh that hangs and restores the files', async () => {
    const oldRules = await rules();
    const run = begin();
    await changed();
    // The whole run stops, as on a disk that does not answer.
    process.kill(-run.group, 'SIGSTOP');
    const since = Date.now();
    await untilWithLog('the change is rolled back', () => !existsSync(`${state}/pending`) && files() === before);
    expect(Date.now() - since).toBeLessThan((SECONDS + 40) * 1000);
    await run.ended;
    await untilWithLog('the old rules are in force', async () => (await rules()) === oldRules);
    expect(said()).toContain('is ended');
    // Nobody holds the lock.
    must('flock', ['-n', `${state}/lock`, 'true']);
  });

  it('restores the files while the postmaster is stopped, and the server once it continues', async () => {
    const oldRules = await rules();
    const run = begin();
    await changed();
    const postmaster = server.postmaster();
    process.kill(postmaster, 'SIGSTOP');
    try {
      await untilWithLog('the old files are in place', () => files() === before);
      await run.ended;
    } finally {
      process.kill(server.postmaster(), 'SIGCONT');
    }
    await untilWithLog('the rollback ends', () => !existsSync(`${state}/pending`));
    expect(await rules()).toBe(oldRules);
    expect(files()).toBe(before);
    expect(said()).toContain('The files are as they were before.');
  });
});

describe.skipIf(!inNamespace)('a rollback on a full disk', () => {
  let server: AppliedServer;
  const left = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.postern-'));
  const fill = () => must('sh', ['-c', 'cat /dev/zero >"$1/filler" 2>/dev/null || true', 'fill', server.config]);

  beforeAll(async () => {
    server = await appliedServer(plan);
    must('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'postern', '/mnt']);
    must('sh', ['-c', 'cp -a "$1/." /mnt/ && mount --move /mnt "$1"', 'move', server.config]);
    await unpackBundle(plan, bundle);
    rmSync('/var/lib/postern', { recursive: true, force: true });
    rmSync(log, { force: true });
    await server.start();
  });
  afterAll(async () => {
    await server.stop();
    must('umount', [server.config]);
    await server.end();
  });

  it('says so, leaves nothing behind however often it fails, and works once there is space', async () => {
    const names = ['postgresql.conf', 'pg_hba.conf', 'pg_ident.conf'].map((name) => `${server.config}/${name}`);
    const content = () => names.map((name) => readFileSync(name, 'utf8'));
    const before = content();
    const applied = await run('bash', [script]);
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    expect((await confirm(script)).code).toBe(0);
    const after = content();
    expect(after).not.toEqual(before);
    fill();
    for (const round of [1, 2]) {
      const failed = await run('bash', [script, '--undo']);
      expect(failed.code, `round ${round}`).not.toBe(0);
      expect(failed.stderr).toContain('No space left on device');
      expect(failed.stderr).toContain('The rollback is not complete');
      expect(left(server.config), `round ${round}`).toEqual([]);
    }
    expect(content()).toEqual(after);
    rmSync(`${server.config}/filler`);
    const done = await run('bash', [script, '--undo']);
    expect(done.code, done.stdout + done.stderr).toBe(0);
    expect(content()).toEqual(before);
    expect(left(server.config)).toEqual([]);
  });

  it('is retried automatically until there is space', async () => {
    const before = readFileSync(`${server.config}/pg_hba.conf`, 'utf8');
    const applied = await run('bash', [script]);
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    fill();
    mkdirSync('/var/log', { recursive: true });
    writeFileSync(log, '');
    await untilWithLog('a rollback fails', () => readFileSync(log, 'utf8').includes('The rollback is not complete'));
    expect(left(server.config)).toEqual([]);
    rmSync(`${server.config}/filler`);
    await untilWithLog('the change is rolled back', () => !existsSync(`${state}/pending`));
    expect(readFileSync(`${server.config}/pg_hba.conf`, 'utf8')).toBe(before);
    expect(left(server.config)).toEqual([]);
  });
});
