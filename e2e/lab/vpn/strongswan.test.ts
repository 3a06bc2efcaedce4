import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { until } from '../../server/harness/until.ts';
import { here, type Machine } from './machines.ts';
import { desk, inside, vpnPlan } from './plans.ts';
import { canEncrypt, Strongswan } from './strongswan.ts';
import { ask, install, scriptOf, type World, withoutLoopback, world } from './world.ts';

const version = () => /strongSwan ([\d.]+)/.exec(must('swanctl', ['--help']))?.[1] ?? '';

const cases = [
  { authentication: 'certificate', placement: 'server', called: false },
  { authentication: 'psk', placement: 'separate', called: true },
] as const;

describe.skipIf(!inNamespace || !canEncrypt).each(cases)(
  'strongSwan for real: $authentication, the tunnel ends on $placement',
  ({ authentication, placement, called }) => {
    const plan = vpnPlan({ kind: 'strongswan', authentication }, placement, { called, mtu: 1380 });
    const onServer = placement === 'server';
    const targets = onServer ? { four: '10.8.0.1', six: 'fd00:8::1' } : inside;
    const folder = onServer ? 'database-server/strongswan' : 'vpn-gateway';
    let lab: World;
    let ends: Record<'gateway' | 'laptop' | 'site', { machine: Machine; charon: Strongswan; folder: string }>;
    let asked = 0;
    const question = async (from: Machine, role: string, target: string, timeout?: number) => {
      asked += 1;
      return ask(lab, from, role, target, timeout);
    };
    const load = async (end: { machine: Machine; charon: Strongswan }) => {
      const { code, stdout, stderr } = await end.charon.ask('--load-all', '--noprompt');
      expect(code, `${end.machine.name}: ${stdout}${stderr}`).toBe(0);
      return stdout;
    };
    /** Tunnels come up by themselves; this only waits. */
    const established = async ({ charon }: { charon: Strongswan }, count: number) => {
      const up = async () => {
        const said = (await charon.ask('--list-sas')).stdout;
        return (said.match(/INSTALLED, TUNNEL-in-UDP/g) ?? []).length >= count ? said : '';
      };
      return until('the tunnel is up', up, async () => (await charon.log()).slice(-3000));
    };

    beforeAll(async () => {
      lab = await world(plan);
      const end = (machine: Machine, where: string) => ({ machine, charon: new Strongswan(machine), folder: where });
      ends = {
        gateway: end(lab.gateway, folder),
        laptop: end(lab.laptop, 'vpn-peers/laptop'),
        site: end(lab.site, 'vpn-peers/buro-nord'),
      };
      if (onServer) withoutLoopback(['10.8.0.1', 'fd00:8::1']);
      for (const { machine, folder: where } of Object.values(ends)) install(lab, machine, where);
      for (const { machine } of [ends.laptop, ends.site]) install(lab, machine, 'vpn-peers');
      // What the units and the README do.
      for (const machine of [lab.gateway, lab.site]) machine.must('/usr/local/sbin/postern-tunnel');
      for (const machine of [lab.site, ...(onServer ? [] : [lab.gateway])])
        machine.must('sysctl', '-q', '-p', '/etc/sysctl.d/50-postern.conf');
      if (!onServer) here.must('bash', '-c', scriptOf(lab, 'database-server/route-to-tunnel.sh'));
      // kernel-libipsec takes a selector only where the machine has an address in it, which the kernel does not ask of a
      // gateway. So the gateway of the lab has the server's until the tunnels are up.
      if (!onServer)
        for (const address of Object.values(inside))
          lab.gateway.must(
            'ip',
            'address',
            'add',
            address,
            'dev',
            'lo',
            ...(address.includes(':') ? ['nodad', 'noprefixroute'] : []),
          );
      for (const { charon } of Object.values(ends)) await charon.start();
    });
    afterAll(async () => {
      for (const { charon } of Object.values(ends ?? {})) await charon.stop();
      if (onServer && lab) here.must('/usr/local/sbin/postern-tunnel', 'down');
      await lab?.end();
    });

    it('comes up with nothing while no end has its certificate or key', async () => {
      const loaded = await ends.gateway.charon.ask('--load-all', '--noprompt');
      if (authentication === 'certificate') expect(loaded.code).not.toBe(0);
      await ends.laptop.charon.ask('--load-all', '--noprompt');
      await sleep(300);
      expect((await ends.gateway.charon.ask('--list-sas')).stdout).not.toContain('INSTALLED');
      expect(await question(lab.laptop, 'team', targets.four, 2)).toMatch(/^refused/);
    });

    it('accepts keys that never leave their machine, or a key that is entered', async () => {
      if (authentication === 'certificate') certify();
      else await enterKeys();
      for (const end of Object.values(ends)) await load(end);
      // It was loaded once without a key and gave up; enter-key.sh says what to do then.
      if (authentication === 'psk') await ends.laptop.charon.ask('--initiate', '--child', 'postern');
      const conns = (await ends.gateway.charon.ask('--list-conns')).stdout;
      expect(conns.match(/^postern-[\w-]+: IKEv2/gm)).toHaveLength(2);
    });

    it('reaches PostgreSQL through the tunnel over IPv4 and IPv6, from the laptop and from behind the site', async () => {
      await established(ends.gateway, 2);
      if (!onServer)
        for (const address of Object.values(inside))
          lab.gateway.must(
            'ip',
            address.includes(':') ? '-6' : '-4',
            'route',
            'del',
            'table',
            'local',
            'local',
            address,
            'dev',
            'lo',
          );
      expect(await question(lab.laptop, 'team', targets.four)).toBe('10.8.0.2|200000');
      expect(await question(lab.laptop, 'team', targets.six)).toBe('fd00:8::2|200000');
      expect(await question(lab.desk, 'site', targets.four)).toBe(`${desk.four}|200000`);
      expect(await question(lab.desk, 'site', targets.six)).toBe(`${desk.six}|200000`);
      expect(lab.laptop.must('ip', 'route', 'show', 'table', '220')).toContain('mtu 1380');
    });

    it('accepts from a peer only its own addresses, and forwards only traffic for the database', async () => {
      expect(await question(lab.laptop, 'site', targets.four)).toMatch(/pg_hba\.conf rejects connection/);
      lab.laptop.must('ip', 'address', 'add', '192.168.5.99/32', 'dev', 'lo');
      lab.laptop.must('ip', 'route', 'replace', targets.four, 'dev', 'ipsec0', 'src', '192.168.5.99');
      lab.laptop.must('ip', 'rule', 'add', 'pref', '100', 'to', targets.four, 'lookup', 'main');
      expect(await question(lab.laptop, 'site', targets.four, 2)).toMatch(/^refused.*(timeout|timed out)/);
      lab.laptop.must('ip', 'rule', 'del', 'pref', '100');
      lab.laptop.must('ip', 'route', 'del', targets.four);
      if (onServer) return;
      // The laptop is no way to the site, and another port of the server is none either.
      const other = await lab.laptop.run('bash', ['-c', `exec 3<>/dev/tcp/${targets.four}/22`], { limit: 2 });
      expect(other.code).not.toBe(0);
    });

    it('is rejected outside the tunnel, also with an address of the tunnel', async () => {
      await ends.laptop.charon.stop();
      expect(await question(lab.laptop, 'team', targets.four, 2)).toMatch(/^refused/);
      lab.laptop.must('ip', 'address', 'add', '10.8.0.2/32', 'dev', 'lo');
      lab.laptop.must('ip', 'address', 'add', 'fd00:8::2/128', 'dev', 'lo', 'nodad');
      for (const target of Object.values(targets))
        expect(await question(lab.laptop, 'team', target, 2)).toMatch(/^refused/);
    });

    it('rejects the wrong certificate or key', async () => {
      if (authentication === 'certificate') {
        // The certificate of the site proves nothing for the laptop, whoever's key it is.
        const files = ['private/postern.key', 'x509/postern.crt'].map((name) => `/etc/swanctl/${name}`);
        for (const path of files) lab.laptop.place(path, lab.site.must('cat', path), 0o600);
      } else {
        await lab.laptop.run('bash', ['-c', scriptOf(lab, 'vpn-peers/laptop/enter-key.sh')], {
          input: `${must('openssl', ['rand', '-base64', '32'])}`,
        });
      }
      await ends.laptop.charon.start();
      await ends.laptop.charon.ask('--load-all', '--noprompt');
      await until(
        'charon gives up',
        async () => /AUTHENTICATION_FAILED|no private key/.test(await ends.laptop.charon.log()),
        () => ends.laptop.charon.log(),
      );
      expect((await ends.laptop.charon.ask('--list-sas')).stdout).not.toContain('INSTALLED');
      expect(await question(lab.laptop, 'team', targets.six, 2)).toMatch(/^refused/);
      conforms({
        target: 'strongSwan',
        files: [
          'swanctl.conf',
          'postern-tunnel',
          'strongswan-mtu.conf',
          authentication === 'certificate' ? 'vpn-key.sh' : 'make-keys.sh',
        ],
        judgedBy: `strongSwan ${version()}, PostgreSQL 18`,
        tried: `a tunnel up between machines with ${authentication === 'certificate' ? 'certificates' : 'a shared key'}, wrong ones refused`,
        plans: 1,
        cases: asked,
        notCovered: 'ESP of the kernel: the packets are encrypted by kernel-libipsec',
      });
    });

    /** The scripts in the order of the worksheet: requests, signing, and back. */
    function certify(): void {
      const home = '/run/postern/vpn/authority';
      must('mkdir', ['-p', `${home}/requests`]);
      here.place(`${home}/sign.sh`, scriptOf(lab, 'your-machine/vpn/sign-vpn-certificates.sh'), 0o755);
      const names = { gateway: 'gateway', laptop: 'peer-laptop', site: 'peer-buro-nord-9be90fcf' } as const;
      const key = (end: keyof typeof ends) =>
        scriptOf(lab, end === 'gateway' ? `${folder}/vpn-key.sh` : 'vpn-peers/vpn-key.sh');
      const printed = (['gateway', 'laptop', 'site'] as const).map((end) => {
        const { machine } = ends[end];
        machine.place('/run/vpn/vpn-key.sh', key(end), 0o755);
        const said = machine.must('sh', '-c', 'cd /run/vpn && bash vpn-key.sh');
        must('sh', ['-c', `cat >${home}/requests/${names[end]}.csr`], machine.must('cat', '/run/vpn/postern.csr'));
        expect(machine.must('stat', '-c', '%a %U', '/etc/swanctl/private/postern.key').trim()).toBe('600 root');
        return said.trim().split('\n').at(-1) ?? '';
      });
      const signed = must('bash', [`${home}/sign.sh`]);
      // Both sides read the same fingerprints aloud.
      for (const fingerprint of printed) expect(signed).toContain(fingerprint);
      // A second run signs nothing again.
      const before = must('sh', ['-c', `sha256sum ${home}/certificates/*`]);
      must('bash', [`${home}/sign.sh`]);
      expect(must('sh', ['-c', `sha256sum ${home}/certificates/*`])).toBe(before);
      for (const end of ['gateway', 'laptop', 'site'] as const) {
        const { machine } = ends[end];
        for (const name of [`${names[end]}.crt`, 'postern-ca.crt'])
          machine.place(`/run/vpn/${name}`, must('cat', [`${home}/certificates/${name}`]));
        machine.must('sh', '-c', `cd /run/vpn && bash vpn-key.sh ${names[end]}.crt postern-ca.crt`);
      }
    }

    async function enterKeys(): Promise<void> {
      const make = (...args: string[]) =>
        lab.gateway.must('bash', '-c', scriptOf(lab, `${folder}/make-keys.sh`), 'make-keys.sh', ...args);
      const first = make();
      expect(make(), 'a key that is there stays').toBe(first);
      for (const [end, name] of [
        ['laptop', 'laptop'],
        ['site', 'buro-nord-9be90fcf'],
      ] as const) {
        const secret = /^[A-Za-z0-9+/]{43}=$/m.exec(make(name))?.[0] ?? '';
        const script = scriptOf(lab, `${ends[end].folder}/enter-key.sh`);
        const wrong = await ends[end].machine.run('bash', ['-c', script], { input: 'letmein\n' });
        expect(wrong.code).not.toBe(0);
        const { code, stdout } = await ends[end].machine.run('bash', ['-c', script], { input: `${secret}\n` });
        expect(code).toBe(0);
        expect(first).toContain(`${name}: key ${stdout.trim()}`);
        expect(ends[end].machine.must('stat', '-c', '%a', '/etc/swanctl/conf.d/postern-key.conf').trim()).toBe('600');
      }
      for (const file of lab.files) expect(file.content).not.toMatch(/secret = "?[A-Za-z0-9+/]{43}=/);
    }
  },
);
