import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { binaries, majors } from '../../server/harness/binaries.ts';
import { makeCertificates } from '../../server/harness/certificates.ts';
import { must, run } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { layoutOf } from '../../server/harness/layout.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { freshServer } from '../../server/harness/server.ts';
import { vpnPlan } from '../vpn/plans.ts';
import { rolledBack } from './bundle.ts';

const SECONDS = 10;
const bundle = `${own}/kernel-bundle`;

/** A gateway of its own with a site behind it: the gateway passes packets on, and the database server has routes to it. */
const plan: Plan = {
  ...vpnPlan({ kind: 'strongswan', authentication: 'psk' }, 'separate', { major: majors.at(-1) ?? 18, mtu: 1400 }),
  // Firewalls are tested elsewhere.
  firewall: { kind: 'none', rateLimit: null, sources: null },
  rollout: { confirmSeconds: SECONDS },
};

describe.skipIf(!inNamespace)('apply.sh with settings of the kernel and routes', () => {
  const apply = async (machine: string, ...args: string[]) => {
    const { code, stdout, stderr } = await run('bash', [`${bundle}/${machine}/apply.sh`, ...args]);
    expect(code, stdout + stderr).toBe(0);
  };

  /** Two ends of a wire, one of them in the network of the server and the gateway. */
  beforeEach(async () => {
    must('ip', ['link', 'add', 'inner', 'type', 'veth', 'peer', 'name', 'outer']);
    for (const device of ['lo', 'inner', 'outer']) must('ip', ['link', 'set', device, 'up']);
    for (const address of ['10.0.2.10/24', '10.0.2.2/24']) must('ip', ['addr', 'add', address, 'dev', 'inner']);
    must('ip', ['addr', 'add', 'fd00:0:0:2::10/64', 'dev', 'inner', 'nodad']);
    rmSync('/var/lib/postern', { recursive: true, force: true });
    rmSync(bundle, { recursive: true, force: true });
    const { files } = generate(plan);
    for (const { path, content } of files) {
      mkdirSync(dirname(`${bundle}/${path}`), { recursive: true });
      writeFileSync(`${bundle}/${path}`, content);
    }
    const { folder } = await makeCertificates(plan, files);
    for (const name of ['server.crt', 'server.key', 'ca.crt'])
      must('cp', [`${folder}/${name}`, `${bundle}/database-server/${name}`]);
  });
  afterEach(() => {
    must('ip', ['link', 'del', 'inner']);
    for (const { target } of generate(plan).files) if (target?.includes('postern')) rmSync(target, { force: true });
    rmSync('/var/lib/postern', { recursive: true, force: true });
  });

  it('restores forwarding on a gateway, for each interface', async () => {
    const forwarding = () => must('sh', ['-c', 'grep . /proc/sys/net/ipv[46]/conf/*/forwarding']);
    // One interface of each family passes packets on already, which the kernel forgets when it is told for all.
    for (const key of ['net.ipv4.conf.outer', 'net.ipv6.conf.inner']) must('sysctl', ['-qw', `${key}.forwarding=1`]);
    const before = forwarding();
    expect(before).toContain('/ipv4/conf/all/forwarding:0');
    for (const confirmed of [false, true]) {
      await apply('vpn-gateway');
      expect(forwarding()).not.toContain(':0');
      if (confirmed) {
        await apply('vpn-gateway', '--confirm');
        expect(forwarding()).not.toContain(':0');
        await apply('vpn-gateway', '--undo');
      } else await rolledBack('vpn-gateway');
      expect(forwarding()).toBe(before);
    }
  });

  it('restores the routes of a database server', async () => {
    const major = plan.server.major;
    const layout = layoutOf(plan);
    const bin = `/usr/lib/postgresql/${major}`;
    mkdirSync(bin, { recursive: true });
    must('mount', ['--bind', binaries(major), bin]);
    await freshServer(major, 'postgres', layout);
    const server = (...args: string[]) =>
      run(`${bin}/bin/pg_ctl`, [...args, '-D', layout.dataDirectory, '-w'], { as: accountNamed(layout.account) });
    const started = await server(
      'start',
      '-o',
      `-c config_file=${layout.configDirectory}/postgresql.conf`,
      '-l',
      '/dev/null',
    );
    expect(started.code, started.stderr).toBe(0);
    try {
      // Another way to one of the networks, and two to another; the rest have none.
      for (const route of [
        ['192.168.5.0/24', 'via', '10.0.2.77', 'dev', 'inner'],
        ['10.8.0.0/24', 'dev', 'inner', 'metric', '50', 'mtu', '1300'],
        ['10.8.0.0/24', 'via', '10.0.2.78', 'metric', '70'],
      ])
        must('ip', ['route', 'add', ...route]);
      must('ip', ['route', 'add', 'fd00:55::/64', 'via', 'fd00:0:0:2::77']);
      const routes = () => must('ip', ['-4', 'route']) + must('ip', ['-6', 'route']);
      const before = routes();
      await apply('database-server');
      expect(routes()).toMatch(/^192\.168\.5\.0\/24 via 10\.0\.2\.1 .*mtu 1400/m);
      expect(routes()).toMatch(/^fd00:8::\/64 via fd00:0:0:2::1 /m);
      await apply('database-server', '--confirm');
      expect(routes()).not.toBe(before);
      await apply('database-server', '--undo');
      expect(routes()).toBe(before);
      conforms({
        target: 'apply.sh',
        files: ['apply.sh'],
        judgedBy: must('ip', ['-V']).trim(),
        tried: 'forwarding of each interface and routes taken back to the word, when nobody confirms and by hand',
        plans: 1,
        cases: 3,
      });
    } finally {
      await server('stop', '-m', 'immediate');
      must('umount', [bin]);
    }
  });
});
