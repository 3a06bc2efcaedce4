import { spawnSync } from 'node:child_process';
import { isIPv6 } from 'node:net';
import { must } from './command.ts';

/** What loopback has besides its own two addresses: most trials come from the same few, and `ip` costs as much as they. */
const carried = new Set<string>();

/** Loopback with only its own two addresses. */
export function clearLoopback(): void {
  carried.clear();
  ip(['link set lo up', 'addr flush dev lo']);
  // The local table may contain routes with a source hint, which a flush of addresses does not remove.
  const routes = ['-4', '-6'].flatMap((family) =>
    must('ip', [family, 'route', 'show', 'table', 'local'])
      .split('\n')
      .filter((line) => line.startsWith('local '))
      .map((line) => `route del table local ${line.split(' ').slice(0, 2).join(' ')}`),
  );
  ip([...routes, 'addr add 127.0.0.1/8 dev lo', 'addr add ::1/128 dev lo nodad']);
}

/** Adds the addresses to this host, the server's and the clients': the namespace contains both ends. */
export function carry(addresses: readonly string[]): void {
  const added = [...new Set(addresses)].filter((address) => !carried.has(address));
  ip(added.map((address) => `addr replace ${address}/${isIPv6(address) ? '128 dev lo nodad' : '32 dev lo'}`));
  for (const address of added) carried.add(address);
}

/**
 * From now on a program that connects to `target` without binding an address connects from `source`. This runs an
 * unmodified psql from a client's address.
 */
export function comeFrom(source: string, target: string): void {
  // For IPv6 the hinted route has its own metric and would come after the kernel's.
  withdraw([target]);
  ip([`route replace table local local ${target} dev lo src ${source}`]);
}

/** Blocks the routes to these addresses, which this host itself has, until the returned function is called. */
export function cutOff(targets: readonly string[]): () => void {
  withdraw(targets);
  ip(targets.map((target) => `route add unreachable ${target} table local`));
  return () =>
    ip(
      targets.flatMap((target) => [
        `route del unreachable ${target} table local`,
        `route add local ${target} dev lo table local`,
      ]),
    );
}

/** Removes the local routes to these addresses, of which some may have none. */
function withdraw(targets: readonly string[]): void {
  const commands = targets.map((target) => `route del table local local ${target} dev lo\n`);
  if (commands.length > 0) spawnSync('ip', ['-force', '-batch', '-'], { input: commands.join('') });
}

function ip(commands: readonly string[]): void {
  if (commands.length > 0) must('ip', ['-batch', '-'], `${commands.join('\n')}\n`);
}
