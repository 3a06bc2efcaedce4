import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { alive } from '../../server/harness/alive.ts';
import { amount, inTurn } from '../../server/harness/amount.ts';
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
const KILLS = amount(6);
/** What a lost SSH connection, Ctrl+C and a shutdown send. */
const SIGNALS = ['HUP', 'INT', 'TERM'] as const;
/** Each at another part of the script; in the long run each at three. */
const signaled = [0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
  .map((part, index) => ({ part, signal: SIGNALS[index % SIGNALS.length] ?? 'HUP' }))
  .filter((_, index) => inTurn(index, 0, SIGNALS.length + 1));

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
/** Where everything is tried; the other places share the cases among them. */
const isMain = ({ platform, major }: (typeof wheres)[number]) => platform === 'debian' && major === 18;
const others = wheres.filter((where) => !isMain(where));
/** The test kit finds the same on RHEL. */
const othersOnDebian = others.filter(({ platform }) => platform === 'debian');

describe.skipIf(!inNamespace).each(wheres)('apply.sh on $platform with PostgreSQL $major', (where) => {
  const { platform, major } = where;
  /** Whether case number `at` of a list is tried here. */
  const isTried = (at: number, among = others) =>
    isMain(where) || (among.includes(where) && inTurn(at, among.indexOf(where), among.length));
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
      const folder = dirname(path);
      for (const name of existsSync(folder) ? readdirSync(folder) : [])
        if (name.startsWith(`${basename(path)}.postern-`)) rmSync(`${folder}/${name}`);
      if (is === null) continue;
      writeFileSync(path, is);
      chownSync(path, uid, gid);
      chmodSync(path, mode & 0o7777);
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

  const shown = isTried(0) ? it : undefined;
  shown?.('shows what it would do and changes nothing', async () => {
    const { code, stdout, stderr } = await apply(['--dry-run']);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('+hostssl');
    expect(stdout).toContain('Dry run');
    expect(state()).toEqual(before);
  });

  it('keeps a good change that is confirmed, and does nothing the second time', async () => {
    const old = await behaviour();
    const { code, stdout, stderr } = await apply();
    const since = performance.now();
    expect(code, stdout + stderr).toBe(0);
    const now = await behaviour();
    expect(now).not.toBe(old);
    expect(now).toContain('ssl=on');
    expect(now).toContain('hostssl');
    const confirmed = await confirm(script);
    expect(confirmed.code, confirmed.stderr).toBe(0);
    if (isTried(1)) {
      // The time is over, and nothing happens.
      await sleep((SECONDS + 2) * 1000 - (performance.now() - since));
      expect(await behaviour()).toBe(now);
    }
    if (isTried(3)) {
      expect((await apply()).stdout).toContain('in place already');
      expect((await apply(['--status'])).stdout).toContain('Nothing waits');
    }
    const back = await apply(['--undo']);
    expect(back.code, back.stdout + back.stderr).toBe(0);
    expect(await behaviour()).toBe(old);
    expect(state()).toEqual(before);
  });

  const unconfirmed = isTried(3) ? it : undefined;
  unconfirmed?.('rolls back a change that nobody confirms', async () => {
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
  // Case 1 is tried on the oldest major, whose own check of it differs.
  it.each(refused.filter((_, at) => isTried(at + 3)))('leaves nothing of %s', async (_, file, change) => {
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

  const unguarded = isTried(2) ? it : undefined;
  unguarded?.('changes nothing where the automatic rollback does not start', async () => {
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
  const failed = failing.filter((_, at) => isTried(at, othersOnDebian));
  it.each(failed)('takes %s back at once, when the test kit has found it', async (_, file, change, said) => {
    const subject = ['-subj', '/CN=other', '-keyout', `${own}/other.key`, '-out', `${own}/other.crt`];
    must('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject]);
    for (const name of ['other.key', 'other.crt']) chownSync(`${own}/${name}`, account.uid, account.gid);
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

  const killed = isMain(where) ? it : undefined;
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
          kill < KILLS / 3 ? (0.8 * kill) / (KILLS / 3) : 0.8 + (0.14 * (kill - KILLS / 3)) / (KILLS * (2 / 3) - 1);
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
      for (const { signal, part } of signaled) {
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
        tried: `killed at ${KILLS} commands, then started from cold with all old files or all new; SIGHUP, SIGINT and SIGTERM at ${signaled.length} more`,
        plans: 1,
        cases: KILLS + signaled.length,
      });
    },
  );
});
