import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { type Ran, run } from '../../server/harness/command.ts';
import { own } from '../../server/harness/places.ts';
import { until } from '../../server/harness/until.ts';

const folder = `${own}/hosts`;

/** What a container manager prepares for an init (systemd, "Container Interface"). Kernel settings are read-only. */
const FILE_SYSTEM = [
  'mount -t proc proc proc',
  'mount --bind proc/sys/net proc/sys/net',
  'mount --rbind proc/sys proc/sys',
  'mount -o remount,bind,ro proc/sys',
  'if [ -e proc/sysrq-trigger ]; then mount --bind /dev/null proc/sysrq-trigger; fi',
  'mount -t sysfs -o ro sysfs sys',
  'mount -t cgroup2 none sys/fs/cgroup',
  'mount -t tmpfs -o mode=755 dev dev',
  'for node in "null 1 3" "zero 1 5" "full 1 7" "random 1 8" "urandom 1 9" "tty 5 0"; do',
  '  read -r name major minor <<<"$node"',
  '  mknod -m 666 "dev/$name" c "$major" "$minor"',
  'done',
  'mkdir dev/pts dev/shm',
  'mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts',
  'ln -s pts/ptmx dev/ptmx; ln -s /proc/self/fd dev/fd',
  'mount -t tmpfs -o mode=1777 shm dev/shm',
  'mount -t tmpfs -o mode=755 run run',
  'mount -t tmpfs -o mode=1777 tmp tmp',
];

/** Units that require real hardware, or that would wait for a network that does not exist. */
const MASKED = [
  'console-getty.service',
  'getty@.service',
  'systemd-udevd.service',
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'e2scrub_all.timer',
  'fstrim.timer',
];

/**
 * A machine with its own systemd, processes and network, on a file system over a Debian root
 * (scripts/lib/debian-roots.mjs). The file system survives a reboot; processes, packet filter and addresses do not.
 */
export class Host {
  readonly #home: string;
  readonly #root: string;
  /** Connects the network cable, before anything runs on the machine. */
  readonly #connect: (pid: string) => void;
  #pid = '';
  #cut: (() => Promise<void>) | undefined;

  constructor(name: string, root: string, connect: (pid: string) => void) {
    this.#home = `${folder}/${name}`;
    this.#root = root;
    this.#connect = connect;
    rmSync(this.#home, { recursive: true, force: true });
    for (const part of ['upper/etc/systemd/system', 'work', 'merged'])
      mkdirSync(`${this.#home}/${part}`, { recursive: true });
  }

  /** The local path of a file before the first boot, and while nothing runs. */
  written(path: string): string {
    return `${this.#home}/upper${path}`;
  }

  /** The local path of a file while the machine is up. */
  at(path: string): string {
    return `/proc/${this.#pid}/root${path}`;
  }

  /** Boots, and waits until every service has started. */
  async boot(): Promise<void> {
    const options = `lowerdir=${this.#root},upperdir=${this.#home}/upper,workdir=${this.#home}/work`;
    const script = [
      'mount --make-rprivate /',
      `mount -t overlay -o ${options} host ${this.#home}/merged`,
      `cd ${this.#home}/merged`,
      ...FILE_SYSTEM,
      ...MASKED.map((unit) => `ln -sf /dev/null etc/systemd/system/${unit}`),
      'echo prepared',
      'read -r',
      'pivot_root . mnt',
      'umount -l /mnt',
      'exec </dev/null env -i container=postern PATH=/usr/sbin:/usr/bin:/sbin:/bin setpriv --bounding-set=-sys_time,-sys_module /lib/systemd/systemd --system --show-status=no --log-target=null',
    ];
    const apart = ['--mount', '--pid', '--cgroup', '--net', '--uts', '--ipc', '--fork', '--kill-child'];
    const held = spawn('unshare', [...apart, 'bash', '-euc', script.join('\n')], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    held.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    held.stdin.on('error', () => undefined);
    const ended = new Promise<void>((resolve) => held.once('close', () => resolve()));
    this.#cut = async () => {
      held.kill('SIGKILL');
      await ended;
    };
    let prepared = false;
    held.stdout.once('data', () => {
      prepared = true;
    });
    const runs = () => {
      if (held.exitCode !== null) throw new Error(`The machine ended: ${said}`);
      return prepared;
    };
    await until('the file system of the machine is prepared', runs, () => said);
    this.#pid = readFileSync(`/proc/${held.pid}/task/${held.pid}/children`, 'utf8').split(' ')[0] ?? '';
    this.#connect(this.#pid);
    held.stdin.write('\n');
    const isUp = async () => {
      runs();
      return /^(running|degraded)/.test((await this.run('systemctl', ['is-system-running'])).stdout);
    };
    await until('systemd is up', isUp, async () => `${said}${(await this.sh('systemctl list-jobs')).stdout}`);
  }

  /** Ends every process at once, as a power cut does. */
  async cut(): Promise<void> {
    await this.#cut?.();
    this.#cut = undefined;
  }

  run(command: string, args: readonly string[], manner: Parameters<typeof run>[2] = {}): Promise<Ran> {
    const { env, ...rest } = manner;
    return run('nsenter', ['-t', this.#pid, '-m', '-p', '-C', '-n', '-u', '-i', '--', command, ...args], {
      ...rest,
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...env },
    });
  }

  /** Runs commands in root's home directory, as its administrator types them. */
  sh(script: string, input = ''): Promise<Ran> {
    return this.run('bash', ['-euo', 'pipefail', '-c', `cd /root\n${script}`], { input });
  }

  /** Runs commands that must succeed; returns what they printed. */
  async must(script: string, input = ''): Promise<string> {
    const { code, stdout, stderr } = await this.sh(script, input);
    if (code !== 0) throw new Error(`exit code ${code} for\n${script}\n\n${stdout}${stderr}`);
    return stdout;
  }

  async end(): Promise<void> {
    await this.cut();
    rmSync(this.#home, { recursive: true, force: true });
  }
}
