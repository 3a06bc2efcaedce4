import { type ChildProcess, spawn } from 'node:child_process';
import { must, type Ran, run } from '../server/harness/command.ts';
import { until } from '../server/harness/until.ts';

/** A second machine: a separate mount and network namespace, joined to the first by a cable. */
export interface Machine {
  readonly run: (command: string, args: readonly string[], manner?: Parameters<typeof run>[2]) => Promise<Ran>;
  readonly spawn: (command: string, args: readonly string[]) => ChildProcess;
  readonly end: () => void;
}

/** Folders with a server's own files; on the second machine they start empty. */
const own = ['/etc/postgresql', '/var/lib/postgresql', '/var/run/postgresql', '/etc/postern'];

const CABLE = 'postern-a';
const OTHER_END = 'postern-b';

/** Starts the machine with these addresses. Packets for unknown destinations are sent back along the cable. */
export async function machine(addresses: readonly string[]): Promise<Machine> {
  must('mkdir', ['-p', ...own]);
  const script = `${own.map((folder) => `mount -t tmpfs -o mode=755 postern ${folder}`).join(' && ')} && echo ready && exec sleep infinity`;
  const held = spawn('unshare', ['--mount', '--net', 'sh', '-ec', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    held.stdout?.once('data', () => resolve());
    held.once('exit', () => reject(new Error('the second machine did not start')));
  });
  const pid = String(held.pid);
  const there = ['-t', pid, '-m', '-n', '--'];
  const commands = (lines: readonly string[], inside: boolean) => {
    for (const line of lines)
      must(inside ? 'nsenter' : 'ip', inside ? [...there, 'ip', ...line.split(' ')] : line.split(' '));
  };
  const six = (address: string) => address.includes(':');
  commands(
    [
      `link add ${CABLE} type veth peer name ${OTHER_END} netns ${pid}`,
      `link set ${CABLE} up`,
      `addr add fe80::a/64 dev ${CABLE} nodad`,
    ],
    false,
  );
  commands(
    [
      'link set lo up',
      `link set ${OTHER_END} up`,
      `addr add fe80::b/64 dev ${OTHER_END} nodad`,
      ...addresses.map(
        (address) =>
          `addr add ${address}/${six(address) ? '128' : '32'} dev ${OTHER_END}${six(address) ? ' nodad' : ''}`,
      ),
      `route add default dev ${OTHER_END}`,
      `-6 route add default via fe80::a dev ${OTHER_END}`,
    ],
    true,
  );
  commands(
    addresses.map((address) =>
      six(address) ? `-6 route add ${address} via fe80::b dev ${CABLE}` : `route add ${address} dev ${CABLE}`,
    ),
    false,
  );
  // The kernel needs a moment before a new cable carries packets.
  await until('the cable is up', () => must('ip', ['-oneline', 'link', 'show', CABLE]).includes('state UP'));
  return {
    run: (command, args, manner = {}) => {
      const { as, ...rest } = manner;
      const account = as ? ['setpriv', '--reuid', String(as.uid), '--regid', String(as.gid), '--clear-groups'] : [];
      return run('nsenter', [...there, ...account, command, ...args], rest);
    },
    spawn: (command, args) => spawn('nsenter', [...there, command, ...args], { stdio: 'ignore' }),
    end: () => {
      held.kill('SIGKILL');
      run('ip', ['link', 'del', CABLE]).catch(() => undefined);
    },
  };
}
