import { spawnSync } from 'node:child_process';
import { isIPv6 } from 'node:net';
import { must } from './command.ts';

/** Loopback with its own two addresses and nothing else. */
export function clearLoopback(): void {
  must('ip', ['link', 'set', 'lo', 'up']);
  must('ip', ['addr', 'flush', 'dev', 'lo']);
  // The local table may hold routes with a source hint, which a flush of addresses leaves.
  for (const family of ['-4', '-6']) {
    const routes = must('ip', [family, 'route', 'show', 'table', 'local'])
      .split('\n')
      .filter((line) => line.startsWith('local '));
    for (const route of routes) must('ip', [family, 'route', 'del', 'table', 'local', ...route.split(' ').slice(0, 2)]);
  }
  ip(['addr add 127.0.0.1/8 dev lo', 'addr add ::1/128 dev lo nodad']);
}

/** Gives this host the addresses, the server's and the clients' alike: the namespace holds both ends. */
export function carry(addresses: readonly string[]): void {
  ip(
    [...new Set(addresses)].map(
      (address) => `addr replace ${address}/${isIPv6(address) ? '128 dev lo nodad' : '32 dev lo'}`,
    ),
  );
}

/**
 * From now on a program that connects to `target` without binding an address of its own comes from `source`.
 * That is how an unchanged psql is put at a client's place.
 */
export function comeFrom(source: string, target: string): void {
  const route = ['route', 'del', 'table', 'local', 'local', target, 'dev', 'lo'];
  // For IPv6 the hinted route has a metric of its own and would only stand behind the kernel's.
  spawnSync('ip', isIPv6(target) ? ['-6', ...route] : route);
  ip([`route replace table local local ${target} dev lo src ${source}`]);
}

function ip(commands: readonly string[]): void {
  if (commands.length > 0) must('ip', ['-batch', '-'], `${commands.join('\n')}\n`);
}
