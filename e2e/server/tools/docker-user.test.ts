import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../../app/core/index.ts';
import { fileAt } from '../harness/bundle.ts';
import { must, run } from '../harness/command.ts';
import { serverAddresses } from '../harness/expectations.ts';
import { inNamespace } from '../harness/namespace.ts';
import { namedPlans } from '../harness/plans.ts';
import { cutWire, knock, layWire } from '../harness/wire.ts';
import { uninvited, welcome } from './firewall.ts';

const container = 'postern-container';
const addresses = { near4: '172.30.0.1', far4: '172.30.0.2', near6: 'fd00:d0c::1', far6: 'fd00:d0c::2' };

const cases = namedPlans().filter(({ plan }) => plan.server.platform === 'docker' && plan.firewall.kind !== 'none');

/** What Docker does for a published port: a bridge to the container, an address translated, a chain for its users. */
function publish(port: number, published: readonly string[]): void {
  must('ip', ['netns', 'add', container]);
  must('ip', ['link', 'add', 'docker0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', container]);
  const { near4, far4, near6, far6 } = addresses;
  const ends = (device: string, four: string, six: string) =>
    `link set lo up\nlink set ${device} up\naddr add ${four}/24 dev ${device}\naddr add ${six}/64 dev ${device} nodad\n`;
  must('ip', ['-batch', '-'], ends('docker0', near4, near6));
  must(
    'ip',
    ['-n', container, '-batch', '-'],
    `${ends('eth0', far4, far6)}route add 0.0.0.0/0 via ${near4}\nroute add ::/0 via ${near6}\n`,
  );
  must('sysctl', ['-q', '-w', 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1']);
  for (const [tool, to] of [
    ['iptables', `${far4}:${port}`],
    ['ip6tables', `[${far6}]:${port}`],
  ] as const) {
    for (const address of published.filter((one) => one.includes(':') === (tool === 'ip6tables'))) {
      must(tool, [
        '-t',
        'nat',
        '-A',
        'PREROUTING',
        '-d',
        address,
        '-p',
        'tcp',
        '--dport',
        String(port),
        '-j',
        'DNAT',
        '--to-destination',
        to,
      ]);
    }
    must(tool, ['-N', 'DOCKER-USER']);
    must(tool, ['-A', 'FORWARD', '-j', 'DOCKER-USER']);
  }
}

function unpublish(): void {
  for (const tool of ['iptables', 'ip6tables']) {
    must(tool, ['-t', 'nat', '-F']);
    must(tool, ['-F']);
    must(tool, ['-X']);
  }
  must('ip', ['link', 'del', 'docker0']);
  must('ip', ['netns', 'del', container]);
}

const rules = () =>
  ['iptables', 'ip6tables'].flatMap((tool) =>
    must(tool, ['-S'])
      .split('\n')
      .filter((line) => line.includes('POSTERN')),
  );

describe.skipIf(!inNamespace).each(cases)('the DOCKER-USER rules of $name', ({ plan }) => {
  let inside: ChildProcess;
  const { files } = generate(plan);
  const apply = async (name: string) => {
    const { code, stdout, stderr } = await run('bash', ['-s'], {
      input: fileAt(files, `database-server/firewall/${name}`).content,
    });
    expect(code, `${stdout}${stderr}`).toBe(0);
  };
  const notAs = async (knocks: ReturnType<typeof welcome>, expected: 'open' | 'closed') => {
    const outcomes = await knock(knocks);
    return knocks
      .filter((_, index) => outcomes[index] !== expected)
      .map(({ source, target }) => `${source} to ${target}`);
  };

  beforeAll(async () => {
    layWire(
      serverAddresses(plan),
      [...welcome(plan), ...uninvited(plan)].map(({ source }) => source),
    );
    publish(plan.server.port, serverAddresses(plan));
    const program = `require('node:net').createServer((s) => s.end('here')).listen(${plan.server.port}, '::', () => console.log('ready'))`;
    inside = spawn('ip', ['netns', 'exec', container, process.execPath, '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (inside.stdout) await once(inside.stdout, 'data');
  });
  afterAll(() => {
    inside?.kill('SIGKILL');
    unpublish();
    cutWire();
  });

  it('allow the clients to reach the container, and nobody else, until the undo', async () => {
    // A published port bypasses the rules of INPUT, which is why these exist.
    must('iptables', ['-A', 'INPUT', '-p', 'tcp', '--dport', String(plan.server.port), '-j', 'DROP']);
    // IPv6 needs a moment for duplicate address detection of the container's addresses.
    await expect.poll(() => notAs([...welcome(plan), ...uninvited(plan)], 'open'), { timeout: 60_000 }).toEqual([]);

    await apply('docker-user.sh');
    expect(await notAs(welcome(plan), 'open'), 'clients of the plan').toEqual([]);
    expect(await notAs(uninvited(plan), 'closed'), 'addresses of no client').toEqual([]);
    const first = rules();
    await apply('docker-user.sh');
    expect(rules()).toEqual(first);

    await apply('docker-user-undo.sh');
    expect(rules()).toEqual([]);
    expect(await notAs(uninvited(plan), 'open')).toEqual([]);
  });
});
