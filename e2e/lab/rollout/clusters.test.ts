import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { binaries } from '../../server/harness/binaries.ts';
import { must, run } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { serverAddresses } from '../../server/harness/expectations.ts';
import { layoutOf } from '../../server/harness/layout.ts';
import { carry, clearLoopback } from '../../server/harness/loopback.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { freshServer } from '../../server/harness/server.ts';
import { snapshot } from '../../server/harness/snapshot.ts';
import { place } from '../../server/harness/writable.ts';
import { unpackBundle, untilWithLog } from './bundle.ts';
import { type Booted, boot } from './machine.ts';

const MAJOR = 18;
const bundle = `${own}/clusters-bundle`;
const programs = `/usr/lib/postgresql/${MAJOR}`;
const ports = { main: 5432, analytics: 6432 } as const;
type Cluster = keyof typeof ports;
const clusters = ['main', 'analytics'] as const;
const { server: shipped, ...rest } = defaultPlan('direct');

const planFor = (changes: Partial<Plan['server']>): Plan =>
  valid(
    {
      ...rest,
      server: { ...shipped, major: MAJOR, ...changes },
      firewall: { ...rest.firewall, kind: 'none' },
      rollout: { confirmSeconds: 60 },
    },
    'a machine with two clusters',
  );
const analytics = planFor({ cluster: 'analytics', port: ports.analytics });
const layouts = { main: layoutOf(planFor({})), analytics: layoutOf(analytics) };
const unit = (cluster: string) => `postgresql@${MAJOR}-${cluster}.service`;

describe.skipIf(!inNamespace)('two clusters of Debian on one machine', () => {
  let machine: Booted;

  const postmaster = (cluster: Cluster) =>
    readFileSync(`${layouts[cluster].dataDirectory}/postmaster.pid`, 'utf8').split('\n')[0] ?? '';
  const ask = async (cluster: Cluster, statement: string) => {
    const where = ['-h', '/var/run/postgresql', '-p', String(ports[cluster]), '-d', 'postgres', '-c', statement];
    const { code, stdout, stderr } = await run('psql', ['-XAtq', ...where], { as: accountNamed('postgres') });
    if (code !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const state = async (cluster: Cluster) => ({
    postmaster: postmaster(cluster),
    loaded: await ask(cluster, 'select pg_conf_load_time()'),
    roles: await ask(cluster, 'select array_agg(rolname order by rolname) from pg_roles'),
    files: snapshot([layouts[cluster].configDirectory]),
  });
  const apply = async (plan: Plan, ...args: string[]) => {
    if (args.length === 0) await unpackBundle(plan, bundle);
    return machine.run('bash', [`${bundle}/database-server/apply.sh`, ...args]);
  };

  beforeAll(async () => {
    clearLoopback();
    carry(serverAddresses(analytics));
    rmSync('/var/lib/postern', { recursive: true, force: true });
    mkdirSync(programs, { recursive: true });
    must('mount', ['--bind', binaries(MAJOR), programs]);
    for (const cluster of clusters) {
      const { configDirectory } = layouts[cluster];
      await freshServer(MAJOR, 'postgres', layouts[cluster]);
      // The port that pg_createcluster gives to the second cluster.
      appendFileSync(`${configDirectory}/postgresql.conf`, `port = ${ports[cluster]}\n`);
    }
    const service = (cluster: Cluster) => `[Unit]
DefaultDependencies=no
[Service]
User=postgres
ExecStart=${programs}/bin/postgres -D ${layouts[cluster].dataDirectory} -c config_file=${layouts[cluster].configDirectory}/postgresql.conf -c fsync=off
ExecReload=/bin/kill -HUP $MAINPID
KillSignal=SIGINT
`;
    machine = await boot(Object.fromEntries(clusters.map((cluster) => [unit(cluster), service(cluster)])));
    for (const cluster of clusters)
      await untilWithLog(`${cluster} is ready`, () => {
        const file = `${layouts[cluster].dataDirectory}/postmaster.pid`;
        return existsSync(file) && readFileSync(file, 'utf8').trimEnd().endsWith('ready');
      });
    place(
      '/usr/local/bin/sudo',
      '#!/bin/sh\n[ "$1" != -u ] || { user=$2; shift 2; set -- runuser -u "$user" -- "$@"; }\nexec "$@"\n',
      0o755,
    );
  });
  afterAll(async () => {
    await machine.cut();
    must('umount', [programs]);
    rmSync('/var/lib/postern', { recursive: true, force: true });
  });

  const wrong: readonly { readonly what: string; readonly plan: Plan; readonly said: readonly string[] }[] = [
    {
      what: 'the port of the other cluster',
      plan: planFor({ port: ports.analytics }),
      said: [`port is ${ports.analytics}`, layouts.main.dataDirectory, `uses port ${ports.main}`],
    },
    {
      what: 'the directories of the other cluster',
      plan: planFor({
        port: ports.analytics,
        dataDirectory: layouts.analytics.dataDirectory,
        configDirectory: layouts.analytics.configDirectory,
      }),
      said: [unit('main'), layouts.analytics.dataDirectory, unit('analytics')],
    },
    {
      what: 'the data directory of the other cluster',
      plan: planFor({ dataDirectory: layouts.analytics.dataDirectory }),
      said: [unit('main'), layouts.analytics.dataDirectory, unit('analytics')],
    },
    {
      what: 'the configuration of the other cluster',
      plan: planFor({ configDirectory: layouts.analytics.configDirectory }),
      said: [`${layouts.main.configDirectory}/postgresql.conf`, `${layouts.analytics.configDirectory}/postgresql.conf`],
    },
  ];
  it.each(wrong)('nothing changes if the plan names $what', async ({ plan, said }) => {
    const before = await Promise.all(clusters.map(state));
    const { code, stdout, stderr } = await apply(plan);
    expect(code, stdout).not.toBe(0);
    for (const text of said) expect(stderr).toContain(text);
    if (existsSync('/usr/bin/pg_lsclusters') && plan.server.configDirectory !== layouts.analytics.configDirectory)
      expect(stderr).toMatch(/^18 +analytics +6432 +online/m);
    expect(await Promise.all(clusters.map(state))).toEqual(before);
  });

  it('a cluster that is stopped keeps its port', async () => {
    await machine.run('systemctl', ['stop', unit('analytics')]);
    try {
      const { code, stderr } = await apply(planFor({ port: ports.analytics }));
      if (existsSync('/usr/bin/pg_lsclusters')) {
        expect(code).not.toBe(0);
        expect(stderr).toContain('belongs to cluster 18/analytics');
      }
    } finally {
      await machine.run('systemctl', ['start', unit('analytics')]);
      await untilWithLog(
        'analytics is ready',
        async () => (await ask('analytics', 'select 1').catch(() => '')) === '1',
      );
    }
  });

  it('a server that systemd did not start is not changed', async () => {
    await machine.run('systemctl', ['stop', unit('analytics')]);
    const { dataDirectory, configDirectory } = layouts.analytics;
    const control = (...args: string[]) =>
      machine.run('runuser', ['-u', 'postgres', '--', `${programs}/bin/pg_ctl`, ...args, '-D', dataDirectory, '-w']);
    await control('start', '-o', `-c config_file=${configDirectory}/postgresql.conf`, '-l', '/dev/null');
    try {
      const { code, stderr } = await apply(analytics);
      expect(code).not.toBe(0);
      expect(stderr).toContain(`${unit('analytics')} runs no process`);
      expect(stderr).toContain(`is process ${postmaster('analytics')}`);
    } finally {
      await control('stop');
      await machine.run('systemctl', ['start', unit('analytics')]);
      await untilWithLog(
        'analytics is ready',
        async () => (await ask('analytics', 'select 1').catch(() => '')) === '1',
      );
    }
  });

  it('apply.sh and roles.sql change the cluster of the plan and touch nothing of the other', async () => {
    const main = await state('main');
    const before = await state('analytics');
    const { code, stdout, stderr } = await apply(analytics);
    expect(code, stdout + stderr).toBe(0);
    expect((await apply(analytics, '--confirm')).code).toBe(0);
    // The command of the README, with a psql that is not Debian's wrapper.
    const command = readFileSync(`${bundle}/README.md`, 'utf8')
      .split('\n')
      .find((line) => line.includes('database-server/roles.sql'));
    const ran = await run('bash', ['-euc', command ?? 'false'], { cwd: bundle });
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    const after = await state('analytics');
    const [role] = analytics.clients[0]?.roles ?? [];
    expect(after.postmaster).not.toBe(before.postmaster);
    expect(after.roles).toContain(role);
    expect(await ask('analytics', 'select count(*) from pg_hba_file_rules where type = $$hostssl$$')).not.toBe('0');
    expect(await state('main')).toEqual(main);
    conforms({
      target: 'apply.sh',
      files: ['apply.sh', 'roles.sql'],
      judgedBy: `two clusters of PostgreSQL ${MAJOR} in Debian's layout, each a unit of systemd`,
      tried: 'plans that name parts of both clusters are refused; the other cluster keeps its process, files and roles',
      plans: wrong.length + 1,
      cases: wrong.length + 3,
    });
  });

  it('the undo of one cluster does not change the other', async () => {
    const main = await state('main');
    const { code, stdout, stderr } = await apply(analytics, '--undo');
    expect(code, stdout + stderr).toBe(0);
    expect(await ask('analytics', 'select count(*) from pg_hba_file_rules where type = $$hostssl$$')).toBe('0');
    expect(await state('main')).toEqual(main);
  });
});
