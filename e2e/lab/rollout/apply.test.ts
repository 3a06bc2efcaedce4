import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { alive } from '../../server/harness/alive.ts';
import { amount } from '../../server/harness/amount.ts';
import { binaries, majors as here } from '../../server/harness/binaries.ts';
import { must, type Ran, run } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { serverAddresses } from '../../server/harness/expectations.ts';
import { layoutOf } from '../../server/harness/layout.ts';
import { carry, clearLoopback } from '../../server/harness/loopback.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { freshServer } from '../../server/harness/server.ts';
import { confirm, rolledBack, unpackBundle } from './bundle.ts';
import { KillPoints } from './kill-points.ts';

/** Shortest time that a plan allows. */
const SECONDS = 10;
const majors = [11, 14, 18, 19].filter((major) => here.includes(major));
const platforms = ['debian', 'rhel'] as const;
const KILLS = amount(12);
/** What a lost SSH connection, Ctrl+C and a shutdown send. */
const SIGNALS = ['HUP', 'INT', 'TERM'] as const;

const bundle = `${own}/apply-bundle`;
const script = `${bundle}/database-server/apply.sh`;

function planFor(major: number, platform: (typeof platforms)[number]): Plan {
  const start = defaultPlan('direct');
  return valid(
    {
      ...start,
      server: { ...start.server, major, platform },
      firewall: { ...start.firewall, kind: 'none' },
      rollout: { confirmSeconds: SECONDS },
    },
    'the plan to apply',
  );
}

const wheres = platforms.flatMap((platform) =>
  majors.filter((major) => platform === 'debian' || major === 18).map((major) => ({ platform, major })),
);

describe.skipIf(!inNamespace).each(wheres)('apply.sh on $platform with PostgreSQL $major', ({ platform, major }) => {
  const plan = planFor(major, platform);
  /** What replaces the first plan where both sets have certificates. */
  const [client] = plan.clients;
  const later = valid(
    {
      ...plan,
      security: {
        ...plan.security,
        authenticationTimeout: 30,
        certificate: { source: 'own-ca', algorithm: 'ecdsa', days: 400, revocation: false },
      },
      clients: [{ ...client, roles: ['later'] }],
    },
    'the plan to apply later',
  );
  const layout = layoutOf(plan);
  const account = accountNamed(layout.account);
  const bin = platform === 'debian' ? `/usr/lib/postgresql/${major}/bin` : `/usr/pgsql-${major}/bin`;
  const settings = ['postgresql.conf', 'conf.d/postern.conf', 'pg_hba.conf', 'pg_ident.conf'];
  const certificates = ['postern-server.crt', 'postern-server.key', 'postern-ca.crt'];
  const files = [...settings, ...certificates].map((name) => `${layout.configDirectory}/${name}`);

  /** Bytes, owner and mode of every file that may change; null for a file that does not exist. */
  const state = () =>
    files.map((path) => {
      if (!existsSync(path)) return { path, is: null };
      const { uid, gid, mode } = statSync(path);
      return { path, is: readFileSync(path, 'utf8'), uid, gid, mode };
    });
  let before: ReturnType<typeof state>;

  const asServer = (program: string, args: readonly string[]) => run(program, args, { as: account });
  const start = async () => {
    const options = `-c config_file=${layout.configDirectory}/postgresql.conf -c fsync=off`;
    const args = ['start', '-D', layout.dataDirectory, '-o', options, '-w', '-t', '30', '-l', `${account.home}/log`];
    const { code, stdout, stderr } = await asServer(`${bin}/pg_ctl`, args);
    if (code !== 0) throw new Error(`${stdout}${stderr}${readFileSync(`${account.home}/log`, 'utf8').slice(-2000)}`);
  };
  const stop = (how: 'fast' | 'immediate' = 'fast') =>
    asServer(`${bin}/pg_ctl`, ['stop', '-D', layout.dataDirectory, '-m', how, '-w', '-t', '30']);
  const apply = (args: readonly string[] = [], env: Record<string, string> = {}): Promise<Ran> =>
    run('bash', [script, ...args], { env });

  /**
   * The server's behavior with the files that it has read: enough to distinguish the old set, the new one, and any
   * mixture.
   */
  const behaviour = async (): Promise<string> => {
    const [, , , port, socket] = readFileSync(`${layout.dataDirectory}/postmaster.pid`, 'utf8').split('\n');
    const query = `select name || '=' || setting from pg_settings where name in ('listen_addresses', 'ssl', 'log_disconnections', 'authentication_timeout')
      union all select 'rule ' || string_agg(array_to_string(array[type, database::text, user_name::text, address, auth_method], ' '), ';' order by line_number) from pg_hba_file_rules order by 1`;
    const args = ['-XAtq', '-h', socket ?? '', '-p', port ?? '', '-U', 'postgres', '-d', 'postgres', '-c', query];
    const { code, stdout, stderr } = await run('psql', args, { as: account });
    if (code !== 0) throw new Error(stderr);
    const shown = ['s_client', '-starttls', 'postgres', '-connect', '127.0.0.1:5432'];
    const { stdout: chain } = await run('openssl', shown);
    return `${stdout}${/-----BEGIN CERTIFICATE-----[^-]+/.exec(chain)?.[0] ?? 'no certificate'}`;
  };

  const restore = () => {
    for (const { path, is, uid, gid, mode } of before) {
      rmSync(path, { force: true });
      must('sh', ['-c', `rm -f ${path}.postern-*`]);
      if (is === null) continue;
      writeFileSync(path, is);
      must('chown', [`${uid}:${gid}`, path]);
      must('chmod', [((mode ?? 0) & 0o7777).toString(8), path]);
    }
    rmSync('/var/lib/postern', { recursive: true, force: true });
  };

  const inBundle = (name: string) => `${bundle}/database-server/${name}`;

  beforeAll(async () => {
    clearLoopback();
    carry(serverAddresses(plan));
    mkdirSync(dirname(bin), { recursive: true });
    must('mount', ['--bind', binaries(major), dirname(bin)]);
    rmSync('/var/lib/postern', { recursive: true, force: true });
    await freshServer(major, 'postgres', layout);
    await unpackBundle(plan, bundle);
    before = state();
    await start();
  });
  afterAll(async () => {
    await stop('immediate');
    must('umount', [dirname(bin)]);
  });

  it('shows what it would do and changes nothing', async () => {
    const { code, stdout, stderr } = await apply(['--dry-run']);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('+hostssl');
    expect(stdout).toContain('Dry run');
    expect(state()).toEqual(before);
  });

  it('keeps a good change that is confirmed, and does nothing the second time', async () => {
    const old = await behaviour();
    const { code, stdout, stderr } = await apply();
    expect(code, stdout + stderr).toBe(0);
    const now = await behaviour();
    expect(now).not.toBe(old);
    expect(now).toContain('ssl=on');
    expect(now).toContain('hostssl');
    const confirmed = await confirm(script);
    expect(confirmed.code, confirmed.stderr).toBe(0);
    // The time is over, and nothing happens.
    await sleep((SECONDS + 2) * 1000);
    expect(await behaviour()).toBe(now);
    const again = await apply();
    expect(again.stdout).toContain('in place already');
    expect((await apply(['--status'])).stdout).toContain('Nothing waits');
    const back = await apply(['--undo']);
    expect(back.code, back.stdout + back.stderr).toBe(0);
    expect(await behaviour()).toBe(old);
    expect(state()).toEqual(before);
  });

  it('rolls back a change that nobody confirms', async () => {
    const old = await behaviour();
    const { code, stdout, stderr } = await apply();
    expect(code, stdout + stderr).toBe(0);
    expect(await behaviour()).not.toBe(old);
    await rolledBack('database-server');
    expect(await behaviour()).toBe(old);
    expect(state()).toEqual(before);
    expect((await apply(['--confirm'])).code).not.toBe(0);
  });

  const refused: readonly (readonly [what: string, file: string, change: (text: string) => string])[] = [
    ['a record that cannot be read', 'pg_hba.conf', (text) => `${text}hostssl all all 10.0.0.0/8\n`],
    [
      'a record that is refused without a word',
      'pg_hba.conf',
      (text) => `${text}hostssl all all all cert clientcert=bad\n`,
    ],
    ['an unknown setting', 'conf.d/postern.conf', (text) => `${text}no_such_setting = on\n`],
    ['a value out of range', 'conf.d/postern.conf', (text) => `${text}authentication_timeout = 99999\n`],
    ['a certificate that is not there', 'conf.d/postern.conf', (text) => `${text}ssl_cert_file = '/nowhere.crt'\n`],
    // Each address that cannot be bound is only warned of, but a server without any socket does not start.
    [
      'a socket directory that is not there',
      'conf.d/postern.conf',
      (text) => `${text}unix_socket_directories = '/nowhere'\n`,
    ],
  ];
  it.each(refused)('leaves nothing of %s', async (_, file, change) => {
    const old = await behaviour();
    const good = readFileSync(inBundle(file), 'utf8');
    writeFileSync(inBundle(file), change(good));
    try {
      const { code, stdout } = await apply();
      expect(code, stdout).not.toBe(0);
    } finally {
      writeFileSync(inBundle(file), good);
    }
    expect(await behaviour()).toBe(old);
    expect(state()).toEqual(before);
  });

  it('changes nothing where the automatic rollback does not start', async () => {
    const programs = `${own}/programs`;
    mkdirSync(programs, { recursive: true });
    writeFileSync(`${programs}/setsid`, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const { code, stderr } = await apply([], { PATH: `${programs}:${process.env.PATH}` });
    expect(code).not.toBe(0);
    expect(stderr).toContain('the automatic rollback could not be set up');
    expect(state()).toEqual(before);
    expect((await apply(['--status'])).stdout).toContain('There is nothing to undo.');
  });

  // PostgreSQL accepts these, but the clients of the plan would find a locked or a foreign server.
  const failing: readonly (readonly [what: string, file: string, change: (text: string) => string, said: string])[] = [
    [
      'a file without a record of the plan',
      'pg_hba.conf',
      (text) => text.replace(/^hostssl .*$/m, ''),
      'lacks rules of the plan',
    ],
    [
      'the certificate of another server',
      'conf.d/postern.conf',
      (text) => `${text}ssl_cert_file = '${own}/other.crt'\nssl_key_file = '${own}/other.key'\n`,
      'another certificate',
    ],
    [
      'an address without a server',
      'conf.d/postern.conf',
      (text) => `${text}listen_addresses = 'localhost'\n`,
      'Nothing answers',
    ],
  ];
  const failed = platform === 'debian' ? it : undefined;
  failed?.each(failing)('takes %s back at once, when the test kit has found it', async (_, file, change, said) => {
    const subject = ['-subj', '/CN=other', '-keyout', `${own}/other.key`, '-out', `${own}/other.crt`];
    must('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject]);
    must('chown', [`${account.uid}:${account.gid}`, `${own}/other.key`, `${own}/other.crt`]);
    const old = await behaviour();
    const good = readFileSync(inBundle(file), 'utf8');
    writeFileSync(inBundle(file), change(good));
    try {
      const { code, stderr } = await apply();
      expect(code).not.toBe(0);
      expect(stderr).toContain(said);
      expect(stderr).toContain('The test kit failed');
    } finally {
      writeFileSync(inBundle(file), good);
    }
    expect(await behaviour()).toBe(old);
    expect(state()).toEqual(before);
    expect((await apply(['--status'])).stdout).toContain('Nothing waits');
  });

  const killed = major === 18 && platform === 'debian' ? it : undefined;
  killed?.(
    `killed at ${KILLS} points, the server starts with the old files or the new ones`,
    { timeout: 0 },
    async () => {
      // The old set has certificates of its own, by another CA, and another rule.
      const first = await apply();
      expect(first.code, first.stderr).toBe(0);
      expect((await confirm(script)).code).toBe(0);
      rmSync('/var/lib/postern', { recursive: true, force: true });
      before = state();
      await unpackBundle(later, bundle);
      const points = new KillPoints(own);
      const old = await behaviour();
      const whole = await apply([], points.environment());
      expect(whole.code, whole.stderr).toBe(0);
      const total = points.count();
      const now = await behaviour();
      const certificate = (text: string) => text.slice(text.indexOf('-----BEGIN'));
      expect(certificate(now)).not.toBe(certificate(old));
      expect(now).not.toBe(old);
      await apply(['--undo']);
      expect(await behaviour()).toBe(old);
      const seen = { old: 0, new: 0 };
      // Waiting loops make one run longer than another, so the last points are well before the end.
      for (let kill = 0; kill < KILLS; kill++) {
        alive();
        // Most commands check; two thirds of the kills fall where files change.
        const part =
          kill < KILLS / 3 ? (0.8 * kill) / (KILLS / 3) : 0.8 + (0.16 * (kill - KILLS / 3)) / (KILLS * (2 / 3));
        const point = Math.floor(total * Math.max(0.02, part));
        // In a session and so in a process group of its own, which is killed as a whole.
        const killed = await run('setsid', ['--wait', 'bash', script], {
          env: points.environment(point),
        });
        expect(killed.code, `at ${point}`).not.toBe(0);
        await stop('immediate');
        await start();
        const found = await behaviour();
        expect([old, now], `killed at command ${point} of ${total}`).toContain(found);
        seen[found === old ? 'old' : 'new'] += 1;
        // The rollback can be interrupted as well, at any point, and then continues from there.
        if (existsSync('/var/lib/postern/database-server/pending')) {
          await run('setsid', ['--wait', 'bash', script, '--undo'], {
            env: points.environment(40 + ((point * 7) % 400)),
          });
          await stop('immediate');
          await start();
          expect([old, now], `killed at ${point} and again on the way back`).toContain(await behaviour());
          const again = await apply(['--undo']);
          expect(again.code, again.stdout + again.stderr).toBe(0);
          expect(await behaviour()).toBe(old);
          expect(state()).toEqual(before);
        }
        restore();
      }
      expect(Math.min(seen.old, seen.new)).toBeGreaterThan(KILLS / 10);
      // A signal leaves time to restore everything at once, or leaves that to the later rollback.
      for (const [index, part] of [0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95].entries()) {
        const signal = SIGNALS[index % SIGNALS.length] ?? 'HUP';
        await run('setsid', ['--wait', 'bash', script], {
          env: points.environment(Math.floor(total * part), signal),
        });
        await rolledBack('database-server');
        expect(await behaviour(), `SIG${signal} at ${part}`).toBe(old);
        expect(state(), `SIG${signal} at ${part}`).toEqual(before);
      }
      conforms({
        target: 'apply.sh',
        files: ['apply.sh'],
        judgedBy: `PostgreSQL ${major}, ${platform} layout`,
        tried: `killed at ${KILLS} commands, then started from cold with all old files or all new; SIGHUP, SIGINT and SIGTERM at nine more`,
        plans: 1,
        cases: KILLS + 9,
      });
    },
  );
});
