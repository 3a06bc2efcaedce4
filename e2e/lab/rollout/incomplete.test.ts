import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan } from '../../../app/core/index.ts';
import { accountNamed } from '../../server/harness/accounts.ts';
import { everyCombination } from '../../server/harness/amount.ts';
import { must } from '../../server/harness/command.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { own } from '../../server/harness/places.ts';
import { valid } from '../../server/harness/plans.ts';
import { differences, everything, rolledBack, unpackBundle, untilWithLog } from './bundle.ts';
import { administratorsFirewall, filterRules } from './filter.ts';
import { type Booted, boot } from './machine.ts';

const SECONDS = 10;
const bundle = `${own}/incomplete-bundle`;
const script = `${bundle}/bastion/apply.sh`;
const state = '/var/lib/postern/bastion';
const log = '/var/log/postern-apply.log';
const broken = `${own}/broken-program`;
const stubs = `${own}/failing-programs`;

/** Only IPv4 clients, so that ufw may be told to leave IPv6 alone. */
const start = defaultPlan('bastion');
const plan = valid(
  {
    ...start,
    firewall: { ...start.firewall, kind: 'ufw' },
    administration: {
      ...start.administration,
      people: start.administration.people.map((one) => ({ ...one, sources: ['198.51.100.0/28'] })),
    },
    network: { ...start.network, proxy: { kind: 'haproxy', port: 6432 } },
    clients: start.clients.map((client) => ({ ...client, sources: ['198.51.100.0/28'] })),
    rollout: { confirmSeconds: SECONDS },
  },
  'a bastion with ufw',
);

const haproxy = `[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/true
ExecReload=/bin/true
[Install]
WantedBy=up.target
`;

describe.skipIf(!inNamespace)('a rollback with a step that fails', () => {
  let booted: Booted;
  let before: string[];
  let rules: string[];
  const apply = (...args: string[]) =>
    booted.run('bash', [script, ...args], { env: { PATH: `${stubs}:${process.env.PATH}` } });
  const said = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  const asBefore = () => {
    expect(filterRules()).toEqual(rules);
    expect(differences(before, everything())).toEqual([]);
  };

  /** The program fails with these arguments for as long as the file `broken` exists. */
  const failing = (program: string, pattern: string) => {
    const real = must('sh', ['-c', `command -v ${program}`]).trim();
    const stub = `${stubs}/${program}`;
    writeFileSync(
      stub,
      `#!/bin/bash\nif [ -e ${broken} ] && [[ "$*" == ${pattern} ]]; then echo 'broken on purpose' >&2; exit 1; fi\nexec ${real} "$@"\n`,
    );
    chmodSync(stub, 0o755);
  };

  beforeAll(async () => {
    rmSync('/var/lib/postern', { recursive: true, force: true });
    accountNamed('haproxy');
    mkdirSync(stubs, { recursive: true });
    failing('iptables-restore', '*');
    failing('systemctl', '*stop*haproxy*');
    failing('systemd-run', '*');
    await unpackBundle(plan, bundle);
    administratorsFirewall();
    booted = await boot({}, { 'haproxy.service': haproxy });
  });
  beforeEach(() => {
    rmSync(log, { force: true });
    rmSync(broken, { force: true });
    before = everything();
    rules = filterRules();
  });
  afterAll(async () => {
    await booted.cut();
    must('nft', ['flush', 'ruleset']);
    rmSync('/var/lib/postern', { recursive: true, force: true });
  });

  it.each([
    { what: 'the firewall', mode: '--undo' },
    { what: 'the services, at boot', mode: '--take-back-at-boot' },
  ])('of $what is not complete, says so and is tried again', async ({ mode }) => {
    const { code, stdout, stderr } = await apply();
    expect(code, stdout + stderr).toBe(0);
    writeFileSync(broken, '');
    const failed = await apply(mode);
    expect(failed.stderr).toContain('broken on purpose');
    expect(failed.stderr).toContain('The rollback is not complete');
    expect(failed.stdout).not.toContain('The files are as they were before.');
    expect(failed.code).not.toBe(0);
    expect(existsSync(`${state}/pending`)).toBe(true);
    rmSync(broken);
    await rolledBack('bastion');
    expect(said()).toContain('The files are as they were before.');
    asBefore();
  });

  it('never opens the firewall, keeps a rule that was added meanwhile, and restores the rules of others that ufw has removed, because it does not manage IPv6', async () => {
    const settings = readFileSync('/etc/default/ufw', 'utf8');
    writeFileSync('/etc/default/ufw', settings.replace(/^IPV6=yes$/m, 'IPV6=no'));
    before = everything();
    const { code, stdout, stderr } = await apply();
    expect(code, stdout + stderr).toBe(0);
    expect(filterRules().join('\n')).not.toContain('ip6tables :MINE');
    must('iptables', ['-A', 'MINE', '-s', '192.0.2.66', '-j', 'DROP']);
    const watched = `${own}/policies`;
    const watch = `while ! [ -e ${watched}.end ]; do iptables -S INPUT | head -n 1; done >${watched}`;
    rmSync(`${watched}.end`, { force: true });
    const watching = booted.run('bash', ['-c', watch]);
    await rolledBack('bastion');
    writeFileSync(`${watched}.end`, '');
    await watching;
    expect(new Set(readFileSync(watched, 'utf8').trim().split('\n'))).toEqual(new Set(['-P INPUT DROP']));
    must('iptables', ['-D', 'MINE', '-s', '192.0.2.66', '-j', 'DROP']);
    asBefore();
    writeFileSync('/etc/default/ufw', settings);
  });

  // With the default of IPv6 it is the same as in undo.test.ts.
  it.each(everyCombination ? ['yes', 'no'] : ['no'])(
    'leaves a machine that had no rules as reachable as it was, with IPV6=%s in ufw',
    async (ipv6) => {
      const settings = readFileSync('/etc/default/ufw', 'utf8');
      writeFileSync('/etc/default/ufw', settings.replace(/^IPV6=yes$/m, `IPV6=${ipv6}`));
      must('nft', ['flush', 'ruleset']);
      const { code, stdout, stderr } = await apply();
      expect(code, stdout + stderr).toBe(0);
      expect(filterRules()).toContain('iptables :INPUT DROP');
      expect(filterRules()).toContain('ip6tables :INPUT DROP');
      await rolledBack('bastion');
      writeFileSync('/etc/default/ufw', settings);
      const left = filterRules().filter((line) => !/ (\*filter|COMMIT|:(INPUT|FORWARD|OUTPUT) ACCEPT)$/.test(line));
      expect(left).toEqual([]);
      administratorsFirewall();
    },
  );

  it('can still roll back the change before one that could not be guarded', async () => {
    const first = await apply();
    expect(first.code, first.stdout + first.stderr).toBe(0);
    expect((await apply('--confirm')).code).toBe(0);
    const later = `${bundle}/bastion/sshd_config.d/50-postern.conf`;
    writeFileSync(later, `${readFileSync(later, 'utf8')}# later\n`);
    writeFileSync(broken, '');
    const refused = await apply();
    rmSync(broken);
    expect(refused.stderr).toContain('Nothing was changed: the automatic rollback could not be set up.');
    await untilWithLog('nothing waits', () => !existsSync(`${state}/pending`));
    const back = await apply('--undo');
    expect(back.code, back.stdout + back.stderr).toBe(0);
    asBefore();
  });
});
