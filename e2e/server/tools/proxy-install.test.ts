import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../harness/accounts.ts';
import { conforms } from '../harness/conformance.ts';
import { inBundle, runScript, systemctlCalls, unpack } from '../harness/install.ts';
import { carry, clearLoopback } from '../harness/loopback.ts';
import { inNamespace } from '../harness/namespace.ts';
import { valid } from '../harness/plans.ts';
import { snapshot } from '../harness/snapshot.ts';
import { place } from '../harness/writable.ts';

type Proxy = Extract<Plan['network'], { pattern: 'bastion' }>['proxy'];

function planWith(proxy: Proxy): Plan {
  const start = defaultPlan('bastion');
  if (start.network.pattern !== 'bastion') throw new Error('the default of bastion is a bastion');
  const clients = start.clients.map((client) => ({ ...client, databases: ['app'] }));
  return valid({ ...start, network: { ...start.network, proxy }, clients }, 'the plan of the proxy');
}

const touched = ['/etc/pgbouncer', '/etc/haproxy', '/etc/systemd/system'];

/** The initial state of the machine: the files of the package, one of the administrator's own, or nothing. */
const starts = [
  { name: 'beside a configuration of its own', own: true },
  { name: 'on a machine without one', own: false },
];

describe.skipIf(!inNamespace).each(starts)('installing a proxy $name', ({ own }) => {
  beforeEach(() => {
    clearLoopback();
    accountNamed('postgres');
    accountNamed('haproxy');
  });

  const twiceAndBack = async (
    plan: Plan,
    { install, undo, config, input }: { install: string; undo: string; config: string; input?: string },
    prepare: () => Promise<void>,
  ) => {
    if (plan.network.pattern !== 'bastion') throw new Error('a bastion');
    carry([...plan.network.publicAddresses, ...plan.network.privateAddresses]);
    unpack(generate(plan).files);
    await prepare();
    const before = snapshot(touched);
    const first = await runScript(install, [], input);
    expect(first.code, first.stderr).toBe(0);
    expect(readFileSync(config, 'utf8')).toContain('Made by Postern');
    const after = snapshot(touched);
    expect(after).not.toEqual(before);
    const second = await runScript(install, [], '');
    expect(second.code, second.stderr).toBe(0);
    expect(snapshot(touched)).toEqual(after);
    expect(systemctlCalls().join('\n')).toMatch(/enable (pgbouncer|haproxy)/);
    for (const round of ['first', 'second']) {
      const undone = await runScript(undo);
      expect(undone.code, `${round}: ${undone.stderr}`).toBe(0);
      expect(snapshot(touched), round).toEqual(before);
    }
  };

  it('PgBouncer: a second run changes nothing, and the undo restores the earlier state', async () => {
    const plan = planWith({ kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pool"er' });
    // Files left by another test of this namespace are not an initial state.
    rmSync('/etc/pgbouncer', { recursive: true, force: true });
    place('/etc/pgbouncer/userlist.txt', '', 0o640);
    const config = '/etc/pgbouncer/pgbouncer.ini';
    place(config, '[pgbouncer]\nlisten_port = 7000\n', 0o640, accountNamed('postgres'));
    if (!own) rmSync(config);
    await twiceAndBack(
      plan,
      {
        install: 'bastion/install-pgbouncer.sh',
        undo: 'bastion/pgbouncer-undo.sh',
        config,
        input: 'pass"word\n',
      },
      async () => {
        const made = await runScript('your-machine/make-certificates.sh', ['--no-passphrase']);
        expect(made.code, made.stderr).toBe(0);
        cpSync(inBundle('your-machine/certificates/machines'), inBundle('.'), { recursive: true });
      },
    );
    expect(existsSync(config)).toBe(own);
    expect(existsSync(inBundle('bastion/bastion.key')), 'the copied key is removed once it is installed').toBe(false);
    conforms({
      target: 'PgBouncer',
      files: ['install-pgbouncer.sh', 'pgbouncer-undo.sh'],
      judgedBy: 'bash, and a PgBouncer that the script starts',
      tried: 'installed twice and undone twice, every file of the folders compared',
      plans: 1,
      cases: 4,
      notCovered: 'the service itself: systemctl is stood in for',
    });
  });

  it('PgBouncer: files with a line that it would skip are not installed', async () => {
    const plan = planWith({ kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pooler' });
    unpack(generate(plan).files);
    const made = await runScript('your-machine/make-certificates.sh', ['--no-passphrase']);
    expect(made.code, made.stderr).toBe(0);
    cpSync(inBundle('your-machine/certificates/machines'), inBundle('.'), { recursive: true });
    const hba = inBundle('bastion/postern_hba.conf');
    place(hba, `${readFileSync(hba, 'utf8')}hostssl replication "x" 10.0.0.0/8 reject\n`, 0o644);
    const before = snapshot(touched);
    const refused = await runScript('bastion/install-pgbouncer.sh', [], 'password\n');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Nothing was changed');
    expect(snapshot(touched)).toEqual(before);
  });

  it('HAProxy: a second run changes nothing, and the undo restores the earlier state', async () => {
    const plan = planWith({ kind: 'haproxy', port: 5432 });
    const config = '/etc/haproxy/haproxy.cfg';
    place(config, 'global\n', 0o640);
    if (!own) rmSync(config);
    await twiceAndBack(
      plan,
      { install: 'bastion/install-haproxy.sh', undo: 'bastion/haproxy-undo.sh', config },
      async () => undefined,
    );
    expect(existsSync(config)).toBe(own);
    conforms({
      target: 'HAProxy',
      files: ['install-haproxy.sh', 'haproxy-undo.sh'],
      judgedBy: 'bash, haproxy -c',
      tried: 'installed twice and undone twice, every file of the folders compared',
      plans: 1,
      cases: 4,
      notCovered: 'the service itself: systemctl is stood in for',
    });
  });
});

/** Configurations that serve others, and what the error message names. */
const serving = [
  {
    proxy: { kind: 'haproxy', port: 5432 },
    install: 'bastion/install-haproxy.sh',
    config: '/etc/haproxy/haproxy.cfg',
    text: 'defaults\n    mode http\nfrontend shop\n    bind :80\n    default_backend web\nbackend web\n    server a 10.0.0.5:80\n',
    named: 'frontend shop,backend web',
  },
  {
    proxy: { kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pooler' },
    install: 'bastion/install-pgbouncer.sh',
    config: '/etc/pgbouncer/pgbouncer.ini',
    text: ';; a comment\n[databases]\n; not = this\nshop = host=10.0.0.5\n* = host=10.0.0.6\n[pgbouncer]\nlisten_port = 7000\n',
    named: 'shop,*',
  },
] as const;

describe.skipIf(!inNamespace).each(serving)('$config', ({ proxy, install, config, text, named }) => {
  const ready = async () => {
    clearLoopback();
    accountNamed('postgres');
    accountNamed('haproxy');
    for (const folder of ['/etc/pgbouncer', '/etc/haproxy', '/var/lib/postern/proxy'])
      rmSync(folder, { recursive: true, force: true });
    const plan = planWith(proxy);
    if (plan.network.pattern !== 'bastion') throw new Error('a bastion');
    carry([...plan.network.publicAddresses, ...plan.network.privateAddresses]);
    unpack(generate(plan).files);
    expect((await runScript('your-machine/make-certificates.sh', ['--no-passphrase'])).code).toBe(0);
    cpSync(inBundle('your-machine/certificates/machines'), inBundle('.'), { recursive: true });
  };

  it('that serves others is not replaced, and the error message says whom and how to merge', async () => {
    await ready();
    place(config, text, 0o644);
    const before = snapshot(touched);
    for (const args of [[], ['--check'], ['--replace']]) {
      const refused = await runScript(install, args, 'password\n');
      expect(refused.code, refused.stdout).toBe(1);
      expect(refused.stderr).toContain(`${config} already serves others: ${named}.`);
      expect(refused.stderr).toContain('Merge by hand');
      expect(snapshot(touched)).toEqual(before);
    }
  });

  it('that was edited since its installation is replaced only on request', async () => {
    await ready();
    expect(await runScript(install, [], 'password\n')).toMatchObject({ code: 0 });
    const installed = readFileSync(config, 'utf8');
    place(config, `${installed}# added later\n`, 0o644);
    const refused = await runScript(install, [], 'password\n');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('+# added later') });
    expect(readFileSync(config, 'utf8')).toContain('# added later');
    expect(await runScript(install, ['--replace'], 'password\n')).toMatchObject({ code: 0 });
    expect(readFileSync(config, 'utf8')).toBe(installed);
  });
});
