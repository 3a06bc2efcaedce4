import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Ran, run } from '../../server/harness/command.ts';
import { own } from '../../server/harness/places.ts';
import { until } from '../../server/harness/until.ts';

/** A machine that systemd runs: the files of this namespace, with a separate process table and control groups. */
export interface Booted {
  readonly run: (command: string, args: readonly string[], manner?: Parameters<typeof run>[2]) => Promise<Ran>;
  /** Ends every process at once, as a power cut does. */
  readonly cut: () => Promise<void>;
}

const units = `${own}/units`;

/** Only these units and those in /etc/systemd/system are known; nothing of the machine outside is started. */
const BASE: Readonly<Record<string, string>> = {
  'sysinit.target': '[Unit]\nDefaultDependencies=no\n',
  'shutdown.target': '[Unit]\nDefaultDependencies=no\n',
  'up.target': '[Unit]\nDefaultDependencies=no\nRequires=sysinit.target\nAfter=sysinit.target\n',
};

/** Boots with these services, by their names, and those that are enabled in /etc/systemd/system; the idle ones are only known. */
export async function boot(
  services: Readonly<Record<string, string>>,
  idle: Readonly<Record<string, string>> = {},
): Promise<Booted> {
  rmSync(units, { recursive: true, force: true });
  mkdirSync(`${units}/up.target.wants`, { recursive: true });
  mkdirSync('/run/systemd', { recursive: true });
  for (const [name, text] of Object.entries({ ...BASE, ...services, ...idle })) writeFileSync(`${units}/${name}`, text);
  const wanted = Object.keys(services).map((name) => `ln -sf ${units}/${name} ${units}/up.target.wants/`);
  const script = [
    'mount --make-rprivate /',
    'umount -R /sys/fs/cgroup',
    'mount -t cgroup2 none /sys/fs/cgroup',
    'mount -t tmpfs postern /run/systemd',
    ...wanted,
    `export SYSTEMD_UNIT_PATH=/etc/systemd/system:${units}:/run/systemd/transient container=postern`,
    'exec /lib/systemd/systemd --system --unit=up.target --log-target=null --show-status=no',
  ];
  const apart = ['--mount', '--pid', '--cgroup', '--fork', '--mount-proc', '--kill-child'];
  const held = spawn('unshare', [...apart, 'bash', '-euc', script.join('\n')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  held.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<void>((resolve) => held.once('exit', () => resolve()));
  const first = () => readFileSync(`/proc/${held.pid}/task/${held.pid}/children`, 'utf8').split(' ')[0] ?? '';
  const pid = await until('something is booted', first, () => said);
  // nsenter stops itself, and for good, with a child that is stopped, as the guard stops an apply.sh that is late: so
  // a shell is between them.
  const inside: Booted['run'] = (command, args, manner) =>
    run('nsenter', ['-t', pid, '-m', '-p', '-C', '--', 'sh', '-c', '"$@"; exit $?', 'sh', command, ...args], manner);
  const isUp = async () => {
    if (held.exitCode !== null) throw new Error(`systemd ended: ${said}`);
    return /^(running|degraded)/.test((await inside('systemctl', ['is-system-running'])).stdout);
  };
  await until('systemd is up', isUp, () => said);
  return {
    run: inside,
    cut: async () => {
      held.kill('SIGKILL');
      await ended;
    },
  };
}
