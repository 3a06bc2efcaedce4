import { type ChildProcess, spawn } from 'node:child_process';
import { must } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { answers } from '../harness/sshd.ts';
import { until } from '../harness/until.ts';
import { runScript, tryPackets, version } from './packets.ts';

const container = 'postern-box';
let listener: ChildProcess | undefined;

/** What Docker does for published ports: a bridge to the container, addresses translated, a chain for its users. */
async function publish(servers: readonly string[], ports: readonly number[]): Promise<void> {
  must('ip', ['netns', 'add', container]);
  must('ip', ['link', 'add', 'docker1', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', container]);
  const end = (device: string, own: string) =>
    `link set lo up\nlink set ${device} up\naddr add 172.31.255.${own}/24 dev ${device}\naddr add fd00:d0c:1::${own}/64 dev ${device} nodad\n`;
  must('ip', ['-batch', '-'], end('docker1', '1'));
  must(
    'ip',
    ['-n', container, '-batch', '-'],
    `${end('eth0', '2')}route add 0.0.0.0/0 via 172.31.255.1\nroute add ::/0 via fd00:d0c:1::1\n`,
  );
  must('sysctl', ['-q', '-w', 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1']);
  for (const [tool, to] of [
    ['iptables', '172.31.255.2'],
    ['ip6tables', '[fd00:d0c:1::2]'],
  ] as const) {
    const own = servers.filter((address) => address.includes(':') === (tool === 'ip6tables'));
    const rules = own.flatMap((address) =>
      ports.map((port) => `-A PREROUTING -d ${address} -p tcp --dport ${port} -j DNAT --to-destination ${to}:${port}`),
    );
    must(`${tool}-restore`, ['--noflush'], `*nat\n${rules.join('\n')}\nCOMMIT\n`);
    must(tool, ['-N', 'DOCKER-USER']);
    must(tool, ['-A', 'FORWARD', '-j', 'DOCKER-USER']);
  }
  const program = `for (const port of ${JSON.stringify(ports)}) require('node:net').createServer((s) => { s.on('error', () => {}); s.end(); }).listen(port, '::')`;
  listener = spawn('ip', ['netns', 'exec', container, process.execPath, '-e', program], { stdio: 'ignore' });
  await until('the container listens', () => answers('172.31.255.2', ports[0] ?? 0));
}

function clear(): void {
  listener?.kill();
  for (const tool of ['iptables', 'ip6tables']) {
    must(tool, ['-F']);
    must(tool, ['-t', 'nat', '-F']);
    must(tool, ['-X']);
  }
  if (must('ip', ['-br', 'link']).includes('docker1@')) must('ip', ['link', 'del', 'docker1']);
  if (must('ip', ['netns', 'list']).includes(container)) must('ip', ['netns', 'del', container]);
}

tryPackets({
  target: 'DOCKER-USER',
  kind: 'ufw',
  platform: 'docker',
  files: ['docker-user.sh'],
  judgedBy: inNamespace ? version('iptables', ['--version']) : 'iptables',
  use: (script) => runScript(script('docker-user.sh'), 'docker-user.sh'),
  prepare: publish,
  clear,
});
