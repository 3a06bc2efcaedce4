import { spawn } from 'node:child_process';
import { createServer, isIPv6, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { must, type Ran, run } from './command.ts';
import { clearLoopback } from './loopback.ts';

/**
 * A second network of hosts, joined to the server's by one wire, so that packets pass through the server's packet
 * filter.
 */
const outside = 'postern-outside';
const near = 'postern0';
const far = 'postern1';

/** Sets up the wire again: the server's addresses at this end, the clients' at the other. */
export function layWire(serverAddresses: readonly string[], clientAddresses: readonly string[]): void {
  cutWire();
  // An address that an earlier test added to loopback would be found there and not at the other end.
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
  // `ip -batch` accepts no family per line, so routes of each family are written with their own prefix.
  const batch = (text: string) =>
    text
      .replace('-4 route replace default', 'route replace 0.0.0.0/0')
      .replace('-6 route replace default', 'route replace ::/0');
  must('ip', ['-batch', '-'], batch(commands(near, serverAddresses)));
  must('ip', ['-n', outside, '-batch', '-'], batch(commands(far, clientAddresses)));
}

export function cutWire(): void {
  // Deleting one end deletes the other. The link first: the kernel removes a network with a delay.
  if (must('ip', ['-br', 'link']).includes(`${near}@`)) must('ip', ['link', 'del', near]);
  if (must('ip', ['netns', 'list']).includes(outside)) must('ip', ['netns', 'del', outside]);
}

/** A listener on these ports of every address of the server. */
export async function listenOn(ports: readonly number[]): Promise<() => Promise<void>> {
  const servers = await Promise.all(
    ports.map(
      (port) =>
        new Promise<Server>((resolve, reject) => {
          const server = createServer((socket) => {
            // The client may have disconnected before the answer.
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
  /** For repeated attempts: the minimum time between two, in milliseconds. */
  readonly pause?: number;
}

/** Connects from the other end of the wire, all at once: `open`, or `closed` if nobody answered. */
export async function knock(knocks: readonly Knock[]): Promise<('open' | 'closed')[]> {
  const program = fileURLToPath(new URL('knock.mjs', import.meta.url));
  const { code, stdout, stderr } = await run('ip', ['netns', 'exec', outside, process.execPath, program], {
    input: JSON.stringify(knocks),
  });
  if (code !== 0) throw new Error(`knocking failed: ${stderr}`);
  return JSON.parse(stdout);
}

/** The result of repeated connection attempts: how many, and when one was accepted. */
export interface KeptKnocking {
  readonly tried: number;
  readonly accepted: readonly number[];
}

/** Connects from the other end of the wire again and again, every few milliseconds, until the returned function is called. */
export function keepKnocking<Label extends string>(
  knocks: Readonly<Record<Label, Knock>>,
  every = 15,
): () => Promise<Record<Label, KeptKnocking>> {
  const program = fileURLToPath(new URL('keep-knocking.mjs', import.meta.url));
  const list = Object.entries<Knock>(knocks).map(([label, knock]) => ({ label, ...knock }));
  const knocking = spawn(
    'ip',
    ['netns', 'exec', outside, process.execPath, program, JSON.stringify({ every, knocks: list })],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const said = text(knocking.stdout);
  return async () => {
    knocking.stdin.end();
    return JSON.parse(await said);
  };
}

/** A route at the other end of the wire: to a network, through the server. */
export const routeFromOutside = (network: string, server: string): string =>
  must('ip', ['-n', outside, 'route', 'replace', network, 'via', server, 'dev', far, 'onlink']);

/** Runs a program at the other end of the wire; its connections to `target` come from `source`. */
export function fromOutside(
  source: string,
  target: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  limit?: number,
): Promise<Ran> {
  const family = isIPv6(source) ? '-6' : '-4';
  must('ip', [family, '-n', outside, 'route', 'replace', target, 'dev', far, 'src', source]);
  return run('ip', ['netns', 'exec', outside, command, ...args], { env, ...(limit === undefined ? {} : { limit }) });
}
