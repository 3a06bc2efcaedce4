import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ran, run } from '../../server/harness/command.ts';
import { own } from '../../server/harness/places.ts';

/** A machine that systemd runs: the files of this namespace, with a process table and control groups of its own. */
export interface Booted {
  readonly run: (command: string, args: readonly string[], manner?: Parameters<typeof run>[2]) => Promise<Ran>;
  /** Ends every process at once, as a power cut does. */
  readonly cut: () => Promise<void>;
}

const units = `${own}/units`;

/** Only these units and what stands in /etc/systemd/system are known; nothing of the machine outside is started. */
const BASE: Readonly<Record<string, string>> = {
  'sysinit.target': '[Unit]\nDefaultDependencies=no\n',
  'shutdown.target': '[Unit]\nDefaultDependencies=no\n',
  'up.target': '[Unit]\nDefaultDependencies=no\nRequires=sysinit.target\nAfter=sysinit.target\n',
};

/** Boots with these services, by their names, beside those that are enabled in /etc/systemd/system. */
export async function boot(services: Readonly<Record<string, string>>): Promise<Booted> {
  mkdirSync(`${units}/up.target.wants`, { recursive: true });
  mkdirSync('/run/systemd', { recursive: true });
  for (const [name, text] of Object.entries({ ...BASE, ...services })) writeFileSync(`${units}/${name}`, text);
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
  const first = async () => {
    for (let tries = 0; tries < 200; tries += 1) {
      const [child] = readFileSync(`/proc/${held.pid}/task/${held.pid}/children`, 'utf8').split(' ');
      if (child) return child;
      await sleep(20);
    }
    throw new Error(`nothing was booted: ${said}`);
  };
  const pid = await first();
  const inside: Booted['run'] = (command, args, manner) =>
    run('nsenter', ['-t', pid, '-m', '-p', '-C', '--', command, ...args], manner);
  for (let tries = 0; ; tries += 1) {
    const { stdout } = await inside('systemctl', ['is-system-running']);
    if (/^(running|degraded)/.test(stdout)) break;
    if (held.exitCode !== null || tries === 300) throw new Error(`systemd did not come up: ${stdout}${said}`);
    await sleep(100);
  }
  return {
    run: inside,
    cut: async () => {
      held.kill('SIGKILL');
      await ended;
    },
  };
}
