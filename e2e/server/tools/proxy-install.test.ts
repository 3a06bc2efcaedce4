import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
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

/** What the machine had before: the files of the package, one of the administrator's own, or nothing. */
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

  it('PgBouncer: the same after a second time, and the undo leaves what was there', async () => {
    const plan = planWith({ kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pool"er' });
    // What another test of this namespace has left is no start.
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
        const made = await runScript('your-machine/make-certificates.sh');
        expect(made.code, made.stderr).toBe(0);
        for (const name of ['bastion.crt', 'bastion.key', 'ca.crt'])
          copyFileSync(inBundle(`your-machine/certificates/${name}`), inBundle(`bastion/${name}`));
      },
    );
    expect(existsSync(config)).toBe(own);
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

  it('PgBouncer: files that it would skip a line of are not put in place', async () => {
    const plan = planWith({ kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pooler' });
    unpack(generate(plan).files);
    const made = await runScript('your-machine/make-certificates.sh');
    expect(made.code, made.stderr).toBe(0);
    for (const name of ['bastion.crt', 'bastion.key', 'ca.crt'])
      copyFileSync(inBundle(`your-machine/certificates/${name}`), inBundle(`bastion/${name}`));
    const hba = inBundle('bastion/postern_hba.conf');
    place(hba, `${readFileSync(hba, 'utf8')}hostssl replication "x" 10.0.0.0/8 reject\n`, 0o644);
    const before = snapshot(touched);
    const refused = await runScript('bastion/install-pgbouncer.sh', [], 'password\n');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('nothing was changed');
    expect(snapshot(touched)).toEqual(before);
  });

  it('HAProxy: the same after a second time, and the undo leaves what was there', async () => {
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
