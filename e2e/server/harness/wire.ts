import { createServer, isIPv6, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { must, type Ran, run } from './command.ts';
import { clearLoopback } from './loopback.ts';

/** A second network of hosts, joined to the server's by one wire, so that packets pass the server's packet filter. */
const outside = 'postern-outside';
const near = 'postern0';
const far = 'postern1';

/** Lays the wire anew: the server's addresses at this end, the clients' at the other. */
export function layWire(serverAddresses: readonly string[], clientAddresses: readonly string[]): void {
  cutWire();
  // An address that an earlier test gave to the loopback would be found there and not at the other end.
  clearLoopback();
  must('ip', ['netns', 'add', outside]);
  must('ip', ['link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', outside]);
  const commands = (device: string, addresses: readonly string[]) =>
    [
      'link set lo up',
      `link set ${device} up`,
      ...[...new Set(addresses)].map(
        (address) => `addr replace ${address}/${isIPv6(address) ? `128 dev ${device} nodad` : `32 dev ${device}`}`,
      ),
      `-4 route replace default dev ${device}`,
      `-6 route replace default dev ${device}`,
      '',
    ].join('\n');
  // `ip -batch` takes no family per line, so routes of each family are written with their own prefix.
  const batch = (text: string) =>
    text
      .replace('-4 route replace default', 'route replace 0.0.0.0/0')
      .replace('-6 route replace default', 'route replace ::/0');
  must('ip', ['-batch', '-'], batch(commands(near, serverAddresses)));
  must('ip', ['-n', outside, '-batch', '-'], batch(commands(far, clientAddresses)));
}

export function cutWire(): void {
  // One end goes with the other. The link first: the kernel takes its time to clear away a network.
  if (must('ip', ['-br', 'link']).includes(`${near}@`)) must('ip', ['link', 'del', near]);
  if (must('ip', ['netns', 'list']).includes(outside)) must('ip', ['netns', 'del', outside]);
}

/** Something that answers on these ports of every address of the server. */
export async function listenOn(ports: readonly number[]): Promise<() => Promise<void>> {
  const servers = await Promise.all(
    ports.map(
      (port) =>
        new Promise<Server>((resolve, reject) => {
          const server = createServer((socket) => {
            // Whoever knocks may have gone before the answer.
            socket.on('error', () => undefined);
            socket.end('here');
          });
          server.on('error', reject);
          server.listen({ port, host: '::', ipv6Only: false }, () => resolve(server));
        }),
    ),
  );
  return async () => {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  };
}

export interface Knock {
  readonly source: string;
  readonly target: string;
  readonly port: number;
}

/** Connects from the other end of the wire, all at once: `open`, or `closed` where nobody answered. */
export async function knock(knocks: readonly Knock[]): Promise<('open' | 'closed')[]> {
  const program = fileURLToPath(new URL('knock.mjs', import.meta.url));
  const { code, stdout, stderr } = await run('ip', ['netns', 'exec', outside, process.execPath, program], {
    input: JSON.stringify(knocks),
  });
  if (code !== 0) throw new Error(`knocking failed: ${stderr}`);
  return JSON.parse(stdout);
}

/** Runs a program at the other end of the wire; what it sends to `target` comes from `source`. */
export function fromOutside(
  source: string,
  target: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  const family = isIPv6(source) ? '-6' : '-4';
  must('ip', [family, '-n', outside, 'route', 'replace', target, 'dev', far, 'src', source]);
  return run('ip', ['netns', 'exec', outside, command, ...args], { env });
}
