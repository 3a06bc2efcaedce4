import { type ChildProcess, spawn } from 'node:child_process';
import { isIPv6 } from 'node:net';
import { must, type Ran, run } from '../../server/harness/command.ts';

/** A machine with a separate network and mount table. */
export interface Machine {
  readonly name: string;
  /** A process inside, by which namespaces are named. */
  readonly pid: number;
  readonly run: (command: string, args: readonly string[], manner?: Parameters<typeof run>[2]) => Promise<Ran>;
  /** Runs what must succeed. */
  readonly must: (command: string, ...args: string[]) => string;
  readonly spawn: (command: string, args: readonly string[], env?: Readonly<Record<string, string>>) => ChildProcess;
  /** Writes a file at its own path. */
  readonly place: (path: string, content: string, mode?: number) => void;
}

/** Folders that tunnel programs write to: each machine has its own. */
const own = [
  '/etc/wireguard',
  '/etc/swanctl',
  '/etc/strongswan.d',
  '/etc/sysctl.d',
  '/etc/systemd/system',
  '/etc/postgresql',
  '/var/lib/postgresql',
  '/run/wireguard',
  '/run/vpn',
  '/usr/local/sbin',
];

/** The machine that the tests themselves are on: the database server. */
export const here: Machine = {
  name: 'here',
  pid: process.pid,
  run,
  must: (command, ...args) => must(command, args),
  spawn: (command, args, env = {}) => spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...env } }),
  place: (path, content, mode = 0o644) => put([], path, content, mode),
};

const write = 'mkdir -p "$(dirname "$1")" && cat >"$1" && chmod "$2" "$1"';

function put(inside: readonly string[], path: string, content: string, mode: number): void {
  const [command = '', ...args] = [...inside, 'sh', '-c', write, 'sh', path, mode.toString(8)];
  must(command, args, content);
}

/** Machines that are joined by wires, and end together. */
export class Lab {
  readonly #held: ChildProcess[] = [];
  readonly #links: string[] = [];
  #wires = 0;

  async machine(name: string): Promise<Machine> {
    must('mkdir', ['-p', ...own]);
    const mounts = own.map((folder) => `mount -t tmpfs -o mode=755 postern ${folder}`).join(' && ');
    const held = spawn(
      'unshare',
      ['--mount', '--net', 'sh', '-ec', `${mounts} && ip link set lo up && echo ready && exec sleep infinity`],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    this.#held.push(held);
    await new Promise<void>((resolve, reject) => {
      held.stdout?.once('data', () => resolve());
      held.once('exit', () => reject(new Error(`the machine ${name} did not start`)));
    });
    const pid = held.pid ?? 0;
    const inside = ['nsenter', '-t', String(pid), '-m', '-n', '--'];
    return {
      name,
      pid,
      run: (command, args, manner = {}) => run('nsenter', [...inside.slice(1), command, ...args], manner),
      must: (command, ...args) => must('nsenter', [...inside.slice(1), command, ...args]),
      spawn: (command, args, env = {}) =>
        spawn('nsenter', [...inside.slice(1), command, ...args], { stdio: 'ignore', env: { ...process.env, ...env } }),
      place: (path, content, mode = 0o644) => put(inside, path, content, mode),
    };
  }

  /** A wire between two machines, each end with its addresses, and what each sends along it. */
  wire(a: End, b: End): void {
    const [near, far] = [`wire${this.#wires}a`, `wire${this.#wires}b`];
    this.#wires += 1;
    must('ip', [
      'link',
      'add',
      near,
      'netns',
      String(a.at.pid),
      'type',
      'veth',
      'peer',
      'name',
      far,
      'netns',
      String(b.at.pid),
    ]);
    if (a.at === here) this.#links.push(near);
    lay(a, near, 'fe80::a');
    lay(b, far, 'fe80::b');
    send(a, near, 'fe80::b');
    send(b, far, 'fe80::a');
  }

  end(): void {
    for (const link of this.#links) must('ip', ['link', 'del', link]);
    for (const held of this.#held) held.kill('SIGKILL');
  }
}

interface End {
  readonly at: Machine;
  readonly addresses?: readonly string[];
  /** Networks that are reachable along the wire: `default` is both families. */
  readonly to?: readonly string[];
  /** Addresses of the other end itself, which can then be next hops. */
  readonly neighbours?: readonly string[];
}

const ip = (machine: Machine, line: string) => machine.must('ip', ...line.split(' '));

function lay({ at, addresses = [] }: End, device: string, link: string): void {
  ip(at, `link set ${device} up`);
  ip(at, `addr add ${link}/64 dev ${device} nodad`);
  for (const address of addresses)
    ip(at, `addr add ${address}/${isIPv6(address) ? `128 dev ${device} nodad` : `32 dev ${device}`}`);
}

function send({ at, to = [], neighbours = [] }: End, device: string, neighbour: string): void {
  for (const address of neighbours) ip(at, `${isIPv6(address) ? '-6 ' : ''}route replace ${address} dev ${device}`);
  // The neighbour's own address of IPv6 is the next hop for both families (RFC 5549, since Linux 5.2).
  for (const network of to.flatMap((one) => (one === 'default' ? ['0.0.0.0/0', '::/0'] : [one])))
    ip(
      at,
      network.includes(':')
        ? `-6 route replace ${network} via ${neighbour} dev ${device}`
        : `route replace ${network} via inet6 ${neighbour} dev ${device}`,
    );
}

/** A machine that forwards packets. */
export function router(at: Machine): void {
  at.must('sysctl', '-q', '-w', 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1');
}
