import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { amount } from '../../server/harness/amount.ts';
import { binaries } from '../../server/harness/binaries.ts';
import { makeCertificates } from '../../server/harness/certificates.ts';
import { must, type Ran, run } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { serverAddresses } from '../../server/harness/expectations.ts';
import { layoutOf } from '../../server/harness/layout.ts';
import { carry, clearLoopback } from '../../server/harness/loopback.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { freshServer } from '../../server/harness/server.ts';
import { until } from '../../server/harness/until.ts';
import { confirm, rolledBack } from './bundle.ts';
import { KillPoints } from './kill-points.ts';

const SECONDS = 20;
const MAJOR = 18;
const KILLS = amount(4);

const bundle = `${own}/docker-bundle`;
const script = `${bundle}/database-server/apply.sh`;
const engine = `${own}/docker`;
const project = `${own}/shop`;
const record = `${engine}/container.json`;
const volume = '/var/lib/docker/volumes/shop_data/_data';
const pending = '/var/lib/postern/database-server/pending';

const start = defaultPlan('direct');
const plan: Plan = valid(
  {
    ...start,
    server: { ...start.server, major: MAJOR, platform: 'docker' },
    firewall: { ...start.firewall, kind: 'iptables' },
    rollout: { confirmSeconds: SECONDS },
  },
  'a server in a container',
);
const layout = layoutOf(plan);
/** In the volume, as this machine sees it. */
const config = layout.configDirectory.replace('/var/lib/postgresql', volume);
const files = [
  ...['postgresql.conf', 'conf.d/postern.conf', 'pg_hba.conf', 'pg_ident.conf'].map((name) => `${config}/${name}`),
  `${project}/compose.postern.yaml`,
  ...['postern-server.crt', 'postern-server.key', 'postern-ca.crt'].map((name) => `/etc/postern/${name}`),
  ...generate(plan).files.flatMap(({ path, target = '' }) =>
    path.startsWith('database-server/') && /^\/(etc|usr)\//.test(target) ? [target] : [],
  ),
];

interface Moment {
  readonly isPublic: boolean;
  readonly planned: boolean;
  readonly filtered: boolean;
}

describe.skipIf(!inNamespace)('apply.sh for a server in a container', { timeout: 300_000 }, () => {
  const account = accountNamed('postgres');
  const docker = (...args: string[]) => run('docker', args);
  const apply = (args: readonly string[] = [], env: Record<string, string> = {}): Promise<Ran> =>
    run('bash', [script, ...args], { env });
  const inBundle = (name: string) => `${bundle}/database-server/${name}`;

  const state = () =>
    files.map((path) => {
      if (!existsSync(path)) return { path, is: null };
      const { uid, gid, mode } = statSync(path);
      return { path, is: readFileSync(path, 'utf8'), uid, gid, mode };
    });
  let before: ReturnType<typeof state>;

  /** The server's settings in force, and which addresses are published. */
  const behaviour = async (): Promise<string> => {
    const answer = async () => {
      const { stdout: id } = await docker('ps', '-q', '--filter', 'label=com.docker.compose.service=db');
      const query = `select name || '=' || setting from pg_settings where name in ('listen_addresses', 'ssl', 'authentication_timeout')
        union all select string_agg(array_to_string(array[type, database::text, user_name::text, address, auth_method], ' '), ';' order by line_number) from pg_hba_file_rules order by 1`;
      const { code, stdout } = await docker(
        'exec',
        '-u',
        'postgres',
        id.trim(),
        'psql',
        '-XAtq',
        '-d',
        'postgres',
        '-c',
        query,
      );
      if (code !== 0) return '';
      const { service } = JSON.parse(readFileSync(record, 'utf8'));
      return `${stdout}${JSON.stringify(service.ports)}`;
    };
    return until('the server answers', answer, () => readFileSync(`${engine}/log`, 'utf8').slice(-2000));
  };
  /**
   * Continuously checks whether the port is public, the rules of the plan are in pg_hba.conf, and the filter is in
   * place.
   */
  const watch = () => {
    const moments = new Map<string, Moment>();
    let ended = false;
    const watching = (async () => {
      while (!ended) {
        const moment = {
          isPublic: existsSync(record) && readFileSync(record, 'utf8').includes('203.0.113.10'),
          planned: /^hostssl /m.test(readFileSync(`${config}/pg_hba.conf`, 'utf8')),
          filtered: (await run('iptables', ['-S', 'DOCKER-USER'])).stdout.includes('-j POSTERN-DOCKER'),
        };
        moments.set(JSON.stringify(moment), moment);
        await sleep(10);
      }
    })();
    return async () => {
      ended = true;
      await watching;
      return [...moments.values()];
    };
  };
  const changed = async (file: string, change: (text: string) => string): Promise<Ran> => {
    const good = readFileSync(inBundle(file), 'utf8');
    writeFileSync(inBundle(file), change(good));
    try {
      return await apply();
    } finally {
      writeFileSync(inBundle(file), good);
    }
  };

  beforeAll(async () => {
    clearLoopback();
    carry(serverAddresses(plan));
    for (const folder of ['/var/lib/postern', '/etc/postern', bundle]) rmSync(folder, { recursive: true, force: true });
    await freshServer(MAJOR, 'postgres', layout);
    mkdirSync(volume, { recursive: true });
    must('sh', ['-c', `mv /var/lib/postgresql/${MAJOR} ${volume}/`]);
    mkdirSync(project, { recursive: true });
    mkdirSync(engine, { recursive: true });
    writeFileSync(
      `${project}/compose.yaml`,
      'services:\n  db:\n    image: postgres:18\n    ports: ["127.0.0.1:5432:5432"]\n    volumes: ["data:/var/lib/postgresql"]\nvolumes:\n  data: {}\n',
    );
    const yaml = import.meta.resolve('yaml');
    writeFileSync(
      `${engine}/engine.json`,
      JSON.stringify({ binaries: binaries(MAJOR), yaml, account: account.name, data: layout.dataDirectory }),
    );
    const standIn = fileURLToPath(new URL('../../server/harness/docker-stand-in.mjs', import.meta.url));
    writeFileSync('/usr/local/bin/docker', `#!/bin/sh\nexec '${process.execPath}' '${standIn}' "$@"\n`, {
      mode: 0o755,
    });
    const { files: made } = generate(plan);
    for (const { path, content } of made) {
      mkdirSync(dirname(`${bundle}/${path}`), { recursive: true });
      writeFileSync(`${bundle}/${path}`, content);
    }
    const { folder } = await makeCertificates(plan, made);
    if (!folder) throw new Error('the plan has an authority of its own');
    for (const name of ['server.crt', 'server.key', 'ca.crt']) cpSync(`${folder}/${name}`, inBundle(name));
    const up = await docker(
      'compose',
      '-p',
      'shop',
      '--project-directory',
      project,
      '-f',
      `${project}/compose.yaml`,
      'up',
      '-d',
      '--no-deps',
      'db',
    );
    expect(up.code, up.stderr).toBe(0);
    before = state();
    await behaviour();
  });
  afterAll(async () => {
    await docker('down');
    rmSync('/usr/local/bin/docker', { force: true });
    for (const folder of ['/var/lib/postern', '/etc/postern']) rmSync(folder, { recursive: true, force: true });
  });

  it('shows what it would do and changes nothing', async () => {
    const { code, stdout, stderr } = await apply(['--dry-run']);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain('+hostssl');
    expect(stdout).toContain('203.0.113.10:5432:5432');
    expect(state()).toEqual(before);
  });

  it('checks what could stop a change, and changes nothing', async () => {
    // The dry run has made the folder of its lock.
    rmSync('/var/lib/postern', { recursive: true, force: true });
    const { code, stdout, stderr } = await apply(['--check']);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/^ok +PostgreSQL +PostgreSQL 18/m);
    expect(stdout).toMatch(/^ok +New files /m);
    expect(state()).toEqual(before);
    expect(existsSync('/var/lib/postern')).toBe(false);
  });

  it('installs the rules of the firewall before it publishes the port, keeps a good change that is confirmed, and does nothing the second time', async () => {
    const old = await behaviour();
    const onTheWay = watch();
    const { code, stdout, stderr } = await apply();
    const since = performance.now();
    const going = await onTheWay();
    expect(code, stdout + stderr).toBe(0);
    expect(going).toContainEqual({ isPublic: true, planned: true, filtered: true });
    expect(going.filter(({ isPublic, planned, filtered }) => isPublic && !(planned && filtered))).toEqual([]);
    expect(stdout).toContain('The part of the test kit that runs on this machine passed');
    const now = await behaviour();
    expect(now).toContain('ssl=on');
    expect(now).toContain('203.0.113.10');
    expect((await confirm(script)).code).toBe(0);
    await sleep((SECONDS + 2) * 1000 - (performance.now() - since));
    expect(await behaviour()).toBe(now);
    expect((await apply()).stdout).toContain('in place already');
    const seen = watch();
    const back = await apply(['--undo']);
    expect(back.code, back.stdout + back.stderr).toBe(0);
    expect(await behaviour()).toBe(old);
    expect(state()).toEqual(before);
    // The port was closed while the rules of the plan were still in place, and before the image's own were back.
    const moments = await seen();
    expect(moments).toContainEqual({ isPublic: true, planned: true, filtered: true });
    expect(moments).toContainEqual({ isPublic: false, planned: true, filtered: true });
    expect(moments.filter(({ isPublic, planned, filtered }) => isPublic && !(planned && filtered))).toEqual([]);
  });

  it('rolls back a change that nobody confirms', async () => {
    const old = await behaviour();
    const { code, stdout, stderr } = await apply();
    expect(code, stdout + stderr).toBe(0);
    expect(await behaviour()).not.toBe(old);
    await rolledBack('database-server');
    expect(await behaviour()).toBe(old);
    expect(state()).toEqual(before);
  });

  it.each<[what: string, file: string, change: (text: string) => string]>([
    [
      'a record that is refused without a word',
      'pg_hba.conf',
      (text) => `${text}hostssl all all all cert clientcert=bad\n`,
    ],
    ['a value out of range', 'conf.d/postern.conf', (text) => `${text}authentication_timeout = 99999\n`],
    ['a certificate that is not mounted', 'conf.d/postern.conf', (text) => `${text}ssl_cert_file = '/nowhere.crt'\n`],
    ['a compose file that is none', 'compose.postern.yaml', (text) => `${text}    no_such_key: 1\n`],
  ])('never lets the server see %s', async (_, file, change) => {
    const old = await behaviour();
    const container = readFileSync(record, 'utf8');
    const { code, stderr } = await changed(file, change);
    expect(code).not.toBe(0);
    expect(stderr).toContain('Nothing was changed');
    expect(readFileSync(record, 'utf8')).toBe(container);
    expect(await behaviour()).toBe(old);
    expect(state()).toEqual(before);
  });

  it.each<[what: string, file: string, change: (text: string) => string, said: string]>([
    [
      'Docker cannot publish an address',
      'compose.postern.yaml',
      (text) => text.replace('203.0.113.10:', '203.0.113.99:'),
      'cannot publish',
    ],
    [
      'a record of the plan is missing',
      'pg_hba.conf',
      (text) => text.replace(/^hostssl .*$/m, ''),
      'lacks rules of the plan',
    ],
  ])('rolls back a change at once when %s', async (_, file, change, said) => {
    const old = await behaviour();
    const { code, stderr } = await changed(file, change);
    expect(code).not.toBe(0);
    expect(stderr).toContain(said);
    expect(state()).toEqual(before);
    expect(await behaviour()).toBe(old);
  });

  it(`killed at ${KILLS} points, the server runs with the old files once the boot has taken the change back`, async () => {
    const points = new KillPoints(own);
    const old = await behaviour();
    const whole = await apply([], points.environment());
    expect(whole.code, whole.stderr).toBe(0);
    const total = points.count();
    await apply(['--undo']);
    let waiting = 0;
    for (let index = 0; index < KILLS; index += 1) {
      const point = Math.floor(total * (0.1 + (0.82 * index) / (KILLS - 1)));
      const killed = await run('setsid', ['--wait', 'bash', script], {
        env: points.environment(point),
      });
      expect(killed.code, `at ${point}`).not.toBe(0);
      await docker('reboot');
      if (existsSync(pending)) {
        waiting += 1;
        // What the unit runs at boot.
        const back = await run('bash', ['/var/lib/postern/database-server/apply.sh', '--take-back']);
        expect(back.code, back.stdout + back.stderr).toBe(0);
      }
      expect(await behaviour(), `killed at command ${point} of ${total}`).toBe(old);
      expect(state(), `killed at command ${point} of ${total}`).toEqual(before);
    }
    expect(waiting).toBeGreaterThan(KILLS / 4);
    conforms({
      target: 'apply.sh',
      files: ['apply.sh'],
      judgedBy: `PostgreSQL ${MAJOR}, in a stand-in for a container of Docker Compose`,
      tried: `kept, taken back, refused, failing the test kit; killed at ${KILLS} commands and rebooted`,
      plans: 1,
      cases: KILLS + 9,
    });
  });
});
