import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { everyCombination } from '../../server/harness/amount.ts';
import { binaries } from '../../server/harness/binaries.ts';
import { must } from '../../server/harness/command.ts';
import { conforms } from '../../server/harness/conformance.ts';
import { serverAddresses } from '../../server/harness/expectations.ts';
import { layoutOf } from '../../server/harness/layout.ts';
import { carry, clearLoopback } from '../../server/harness/loopback.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { freshServer } from '../../server/harness/server.ts';
import { everyPlan } from '../../server/tools/corpus.ts';
import { vpnPlan } from '../vpn/plans.ts';
import { differences, everything, rolledBack, unpackBundle, untilWithLog } from './bundle.ts';
import { administratorsFirewall, filterRules } from './filter.ts';
import { type Booted, boot } from './machine.ts';

const SECONDS = 10;
const bundle = `${own}/everything-bundle`;
const broken = `${own}/broken`;

type Rolled = 'database-server' | 'vpn-gateway' | 'bastion';
/** How a change ends. */
type End = 'rejected' | 'failed' | 'unconfirmed' | 'undone';
const ends: readonly End[] = ['rejected', 'failed', 'unconfirmed', 'undone'];
interface Case {
  readonly what: string;
  /**
   * The ends that a usual run tries: each end on each kind of machine, and each program, firewall and layout with an
   * automatic rollback and one by hand. The missing ones of firewalls are in incomplete.test.ts,
   * undo.test.ts and journeys.
   */
  readonly usual: readonly End[];
  readonly machine: Rolled;
  readonly plan: Plan;
  /** A file of the machine's folder, a line that its reader rejects, and its message. */
  readonly bad: readonly [file: string, line: string, said: string];
}

const direct = (more: (start: Plan) => object): Plan => {
  const start = defaultPlan('direct');
  return valid({ ...start, rollout: { confirmSeconds: SECONDS }, ...more(start) }, 'a server with every file');
};
const certified = (start: Plan, platform: 'debian' | 'rhel', kind: Plan['firewall']['kind']) => ({
  server: { ...start.server, platform, superuser: 'root_of_all' },
  firewall: { ...start.firewall, kind },
  clients: [...start.clients, { ...start.clients[0], name: 'batch', roles: ['batch'], auth: { method: 'cert' } }],
  security: { ...start.security, certificate: { source: 'own-ca', algorithm: 'ecdsa', days: 825, revocation: true } },
});
const bastion = (proxy: object, kind: Plan['firewall']['kind']): Plan => {
  const start = defaultPlan('bastion');
  return valid(
    {
      ...start,
      network: { ...start.network, users: ['alice'], groups: [], proxy },
      clients: start.clients.map((client) => ({ ...client, databases: ['app'] })),
      firewall: { ...start.firewall, kind },
      rollout: { confirmSeconds: SECONDS },
    },
    'a bastion with a proxy',
  );
};
const gateway = (software: Parameters<typeof vpnPlan>[0], kind: Plan['firewall']['kind']): Plan => {
  const plan = vpnPlan(software, 'separate', { mtu: 1400 });
  return { ...plan, firewall: { ...plan.firewall, kind }, rollout: { confirmSeconds: SECONDS } };
};

const unknown = ['conf.d/postern.conf', 'no_such_setting = on', 'no_such_setting'] as const;
const cases: readonly Case[] = [
  {
    what: 'certificates, a map, a log rule, a jail and nftables',
    usual: ['rejected', 'failed', 'unconfirmed', 'undone'],
    machine: 'database-server',
    plan: direct((start) => ({
      ...certified(start, 'debian', 'nftables'),
      monitoring: { ...start.monitoring, log: 'jsonlog', fail2ban: 'file' },
    })),
    bad: unknown,
  },
  {
    what: 'a postgresql.conf that must include conf.d, and firewalld',
    usual: ['unconfirmed'],
    machine: 'database-server',
    plan: direct((start) => certified(start, 'rhel', 'firewalld')),
    bad: unknown,
  },
  {
    what: 'ufw',
    usual: ['undone'],
    machine: 'database-server',
    plan: direct((start) => certified(start, 'debian', 'ufw')),
    bad: unknown,
  },
  {
    what: 'iptables',
    usual: ['unconfirmed'],
    machine: 'database-server',
    plan: direct((start) => certified(start, 'debian', 'iptables')),
    bad: unknown,
  },
  {
    what: 'WireGuard, forwarding and nftables',
    usual: ['rejected', 'failed', 'unconfirmed'],
    machine: 'vpn-gateway',
    plan: gateway({ kind: 'wireguard' }, 'nftables'),
    bad: ['firewall/postern.nft', 'no such rule', 'syntax error'],
  },
  {
    what: 'WireGuard on the server itself',
    usual: ['undone'],
    machine: 'database-server',
    plan: valid({ ...defaultPlan('vpn'), rollout: { confirmSeconds: SECONDS } }, 'a server that is its own gateway'),
    bad: unknown,
  },
  {
    what: 'strongSwan and nftables',
    usual: ['unconfirmed', 'undone'],
    machine: 'vpn-gateway',
    plan: gateway({ kind: 'strongswan', authentication: 'psk' }, 'nftables'),
    bad: ['firewall/postern.nft', 'no such rule', 'syntax error'],
  },
  {
    what: 'sshd and HAProxy',
    usual: ['rejected', 'failed', 'undone'],
    machine: 'bastion',
    plan: bastion({ kind: 'haproxy', port: 6432 }, 'nftables'),
    bad: ['haproxy.cfg', 'no such section', 'unknown keyword'],
  },
  {
    what: 'sshd and PgBouncer',
    usual: ['rejected', 'unconfirmed', 'undone'],
    machine: 'bastion',
    plan: bastion({ kind: 'pgbouncer', port: 6432, poolMode: 'session', authRole: 'pooler' }, 'none'),
    bad: ['sshd_config.d/50-postern.conf', 'NoSuchOption yes', 'NoSuchOption'],
  },
];

const triedEnds = (one: Case): readonly End[] => (everyCombination ? ends : one.usual);

/** Replaces the programs of services that this machine does not run: it starts unless the test says otherwise. */
const service = `[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c '! test -e ${broken}'
ExecReload=/bin/sh -c '! test -e ${broken}'
[Install]
WantedBy=up.target
`;
const idle = {
  'haproxy.service': service,
  'fail2ban.service': service,
  'pgbouncer.service': service.replace('[Service]', '[Service]\nUser=postgres'),
  'wg-quick@.service': service,
};

describe.skipIf(!inNamespace)('a rollback leaves nothing', () => {
  describe.each(cases)('of $what on the $machine', (one) => {
    const { machine, plan, bad } = one;
    const ifTried = (end: End) => (triedEnds(one).includes(end) ? it : undefined);
    const script = `${bundle}/${machine}/apply.sh`;
    const layout = layoutOf(plan);
    const { major, platform, superuser } = plan.server;
    const isServer = machine === 'database-server';
    const programs = platform === 'debian' ? `/usr/lib/postgresql/${major}` : `/usr/pgsql-${major}`;
    let booted: Booted;
    let before: string[];
    let units: string;
    let rules: string[];

    const postgres = `[Unit]
DefaultDependencies=no
[Service]
User=${layout.account}
ExecStart=${programs}/bin/postgres -D ${layout.dataDirectory} -c config_file=${layout.configDirectory}/postgresql.conf -c fsync=off
ExecReload=/bin/kill -HUP $MAINPID
KillSignal=SIGINT
`;
    const enabled = async (): Promise<string> => {
      const asked = ['haproxy', 'fail2ban', 'pgbouncer', 'wg-quick@postern0'];
      const answers = await Promise.all(
        ['is-enabled', 'is-active'].map(async (verb) => (await booted.run('systemctl', [verb, ...asked])).stdout),
      );
      // One that failed is not running, either.
      return answers.join('').replaceAll('failed', 'inactive');
    };
    const apply = (...args: string[]) => booted.run('bash', [script, ...args], { input: 'a password\n' });
    const asBefore = async () => {
      expect(differences(before, everything())).toEqual([]);
      expect(await enabled()).toBe(units);
      expect(filterRules()).toEqual(rules);
      const sets = ['now', 'then', 'backup.next'].filter((name) => existsSync(`/var/lib/postern/${machine}/${name}`));
      expect(sets).toEqual([]);
    };

    beforeAll(async () => {
      clearLoopback();
      carry([...serverAddresses(plan), '10.0.2.1', '10.0.2.5', '203.0.113.20']);
      rmSync('/var/lib/postern', { recursive: true, force: true });
      rmSync(broken, { force: true });
      accountNamed('haproxy');
      // fail2ban does not start without the logs that it watches.
      const account = accountNamed(layout.account);
      mkdirSync('/var/log/postgresql', { recursive: true });
      for (const log of ['auth.log', `postgresql/postgresql-${major}-main.log`]) {
        writeFileSync(`/var/log/${log}`, '');
        chownSync(`/var/log/${log}`, account.uid, account.gid);
      }
      chownSync('/var/log/postgresql', account.uid, account.gid);
      if (isServer) {
        mkdirSync(programs, { recursive: true });
        must('mount', ['--bind', binaries(major), programs]);
        await freshServer(major, superuser, layout);
      }
      await unpackBundle(plan, bundle);
      administratorsFirewall();
      const name = platform === 'debian' ? `postgresql@${major}-main.service` : `postgresql-${major}.service`;
      booted = await boot(isServer ? { [name]: postgres } : {}, idle);
      if (isServer) await untilWithLog('PostgreSQL runs', () => existsSync(`${layout.dataDirectory}/postmaster.pid`));
      // Every test ends in the same state.
      before = everything();
      units = await enabled();
      rules = filterRules();
    });
    afterEach(() => rmSync(broken, { force: true }));
    afterAll(async () => {
      await booted.cut();
      must('nft', ['flush', 'ruleset']);
      rmSync('/var/lib/postern', { recursive: true, force: true });
      if (isServer) must('umount', [programs]);
    });

    ifTried('rejected')?.('that a check has rejected', async () => {
      const [file, line, said] = bad;
      const good = readFileSync(`${bundle}/${machine}/${file}`, 'utf8');
      writeFileSync(`${bundle}/${machine}/${file}`, `${good}${line}\n`);
      const { code, stdout, stderr } = await apply();
      writeFileSync(`${bundle}/${machine}/${file}`, good);
      expect(code, stdout + stderr).not.toBe(0);
      expect(stdout + stderr).toContain(said);
      expect(stderr).toContain('Nothing was changed');
      await asBefore();
    });

    ifTried('failed')?.('that failed while it was taking effect', async () => {
      // A service rejects its file, or the checks find a missing rule.
      writeFileSync(broken, '');
      const rules = `${bundle}/${machine}/pg_hba.conf`;
      const good = isServer ? readFileSync(rules, 'utf8') : '';
      if (isServer) writeFileSync(rules, good.replace(/^hostssl .*$/m, ''));
      const { code, stdout, stderr } = await apply();
      rmSync(broken);
      if (isServer) writeFileSync(rules, good);
      if (code === 0) {
        // strongSwan does not run here, so nothing failed.
        expect(JSON.stringify(plan.network)).toContain('strongswan');
        await rolledBack(machine);
      } else expect(stdout + stderr).toContain('The files are as they were before.');
      await asBefore();
    });

    ifTried('unconfirmed')?.('that nobody has confirmed', async () => {
      const { code, stdout, stderr } = await apply();
      expect(code, stdout + stderr).toBe(0);
      expect(everything()).not.toEqual(before);
      for (const { path, target } of generate(plan).files)
        if (path.startsWith(`${machine}/`) && target !== undefined)
          expect(readFileSync(target, 'utf8'), target).toBe(readFileSync(`${bundle}/${path}`, 'utf8'));
      if (isServer) {
        // The timer starts the service, which has nothing to enable.
        const asked = ['postern-certificates.timer', 'postern-certificates.service'];
        const { stdout } = await booted.run('systemctl', ['is-enabled', ...asked]);
        expect(stdout).toBe('enabled\nstatic\n');
        expect((await booted.run('systemctl', ['is-active', 'postern-certificates.timer'])).stdout).toBe('active\n');
      }
      await rolledBack(machine);
      await asBefore();
    });

    ifTried('undone')?.('that was confirmed and is rolled back by hand', async () => {
      expect((await apply()).code).toBe(0);
      expect((await apply('--confirm')).code).toBe(0);
      const { code, stdout, stderr } = await apply('--undo');
      expect(code, stdout + stderr).toBe(0);
      await asBefore();
    });
  });

  it('covers every path that any bundle names for a machine with an apply.sh', () => {
    const paths = (plan: Plan): string[] => {
      const { files } = generate(plan);
      const machines = files.filter(({ path }) => path.endsWith('/apply.sh')).map(({ path }) => dirname(path));
      return files
        .filter(({ path }) => machines.some((machine) => path.startsWith(`${machine}/`)))
        .flatMap(({ target }) =>
          target === undefined
            ? []
            : [
                target
                  .replace(/^.*\/(pg_hba|pg_ident|postern)\.conf$/, '$1.conf')
                  .replace(/postgresql[@-]\d+(-[\w.]+?)?(?=\.service)/, 'postgresql'),
              ],
        );
    };
    const covered = new Set(cases.flatMap(({ plan }) => paths(plan)));
    const missing = everyPlan().flatMap(({ plan }) => paths(plan).filter((path) => !covered.has(path)));
    // A Docker engine does not run here: its files are compared in docker.test.ts.
    const elsewhere = [
      '/usr/local/sbin/postern-docker-user',
      '/etc/systemd/system/docker.service.d/postern-after-tunnel.conf',
      '/etc/systemd/system/docker.service.d/postern-after-network.conf',
    ];
    expect([...new Set(missing)].filter((path) => !elsewhere.includes(path))).toEqual([]);
    conforms({
      target: 'apply.sh',
      files: ['apply.sh'],
      judgedBy: `${must('systemctl', ['--version']).split('\n')[0]} as process 1, PostgreSQL, find and sha256sum`,
      tried:
        'every file of the machine compared after a change that was refused, failed, was not confirmed, or was rolled back later',
      plans: cases.length,
      cases: cases.flatMap(triedEnds).length,
    });
  });
});
