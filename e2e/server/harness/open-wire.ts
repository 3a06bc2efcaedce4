import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { must } from './command.ts';
import { clearLoopback } from './loopback.ts';

const outside = 'postern-anyone';
const near = 'postern2';
const far = 'postern3';
const GATEWAY = '169.254.77.1';

/** One connection to try. */
export interface Probe {
  readonly family: 4 | 6;
  readonly source: string;
  readonly target: string;
  readonly port: number;
}

/**
 * A wire whose far end can be any host of the internet, so that hundreds of plans need no address setup. The near end
 * has the addresses of all their servers. IPv4 sends only from addresses in the local table, so at the far end that
 * table contains everything except the servers; IPv6 uses any address that a program binds.
 */
export function layOpenWire(servers: readonly string[]): void {
  cutOpenWire();
  clearLoopback();
  must('ip', ['netns', 'add', outside]);
  must('ip', ['link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', outside]);
  const end = (device: string, own: string, other: string) =>
    [
      'link set lo up',
      `link set ${device} up`,
      `addr add 169.254.77.${own}/30 dev ${device}`,
      `addr add fe80::${own}/64 dev ${device} nodad`,
      `route add 0.0.0.0/0 via 169.254.77.${other} dev ${device}`,
      `route add ::/0 via fe80::${other} dev ${device}`,
      '',
    ].join('\n');
  const inside = (args: readonly string[]) => must('ip', ['netns', 'exec', outside, ...args]);
  const four = servers.filter((address) => !address.includes(':'));
  const six = servers.filter((address) => address.includes(':'));
  must(
    'ip',
    ['-batch', '-'],
    [
      end(near, '1', '2'),
      ...four.map((address) => `addr replace ${address}/32 dev ${near}\n`),
      ...six.map((address) => `addr replace ${address}/128 dev ${near} nodad\n`),
    ].join(''),
  );
  must(
    'ip',
    ['-n', outside, '-batch', '-'],
    [
      end(far, '2', '1'),
      ...[GATEWAY, ...four].map(
        (address) =>
          `route add ${address}/32 ${address === GATEWAY ? '' : `via ${GATEWAY} `}dev ${far} src 169.254.77.2 table local\n`,
      ),
      'route add local 0.0.0.0/0 dev lo table local\n',
    ].join(''),
  );
  // At the far end every arriving packet is local, whatever its destination.
  inside(['ip', '-6', 'route', 'add', 'local', '::/0', 'dev', 'lo', 'table', '77']);
  inside(['ip', '-6', 'rule', 'add', 'pref', '10', 'iif', far, 'lookup', '77']);
  inside(['sysctl', '-q', '-w', 'net.ipv6.ip_nonlocal_bind=1']);
  const unfiltered = ['sysctl', '-q', '-w', 'net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.default.rp_filter=0'];
  inside([...unfiltered, `net.ipv4.conf.${far}.rp_filter=0`]);
  must('sysctl', [...unfiltered.slice(1), `net.ipv4.conf.${near}.rp_filter=0`]);
  forgetSoon();
}

/**
 * Connection tracking often keeps a reset connection as established for days, because the reset is not at the exact
 * position in the stream; the tests of another firewall, with the same plans and ports, would find it allowed.
 */
function forgetSoon(): void {
  const states = ['syn_recv', 'established', 'fin_wait', 'close_wait', 'last_ack', 'time_wait', 'close'];
  // If no filter has used connection tracking yet, there is nothing to set and nothing tracked.
  must('sysctl', ['-e', '-q', '-w', ...states.map((state) => `net.netfilter.nf_conntrack_tcp_timeout_${state}=4`)]);
}

export function cutOpenWire(): void {
  if (must('ip', ['-br', 'link']).includes(`${near}@`)) must('ip', ['link', 'del', near]);
  if (must('ip', ['netns', 'list']).includes(outside)) must('ip', ['netns', 'del', outside]);
}

/** The program at the far end; one for as many plans as are tried. */
export class Prober {
  readonly #program: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    const path = fileURLToPath(new URL('prober.mjs', import.meta.url));
    this.#program = spawn('ip', ['netns', 'exec', outside, process.execPath, path]);
    this.#lines = createInterface({ input: this.#program.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Sends one connection after the other; the result says which succeeded. The last of each family must be one that
   * nothing blocks: it marks the end.
   */
  async attempt(probes: readonly Probe[]): Promise<boolean[]> {
    this.#program.stdin.write(`${JSON.stringify(probes)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the prober ended');
    return JSON.parse(value);
  }

  stop(): void {
    this.#program.stdin.end();
    this.#program.kill();
  }
}
