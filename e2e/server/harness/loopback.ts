import { spawnSync } from 'node:child_process';
import { isIPv6 } from 'node:net';
import { must } from './command.ts';

/** Loopback with only its own two addresses. */
export function clearLoopback(): void {
  must('ip', ['link', 'set', 'lo', 'up']);
  must('ip', ['addr', 'flush', 'dev', 'lo']);
  // The local table may contain routes with a source hint, which a flush of addresses does not remove.
  for (const family of ['-4', '-6']) {
    const routes = must('ip', [family, 'route', 'show', 'table', 'local'])
      .split('\n')
      .filter((line) => line.startsWith('local '));
    for (const route of routes) must('ip', [family, 'route', 'del', 'table', 'local', ...route.split(' ').slice(0, 2)]);
  }
  ip(['addr add 127.0.0.1/8 dev lo', 'addr add ::1/128 dev lo nodad']);
}

/** Adds the addresses to this host, the server's and the clients': the namespace contains both ends. */
export function carry(addresses: readonly string[]): void {
  ip(
    [...new Set(addresses)].map(
      (address) => `addr replace ${address}/${isIPv6(address) ? '128 dev lo nodad' : '32 dev lo'}`,
    ),
  );
}

/**
 * From now on a program that connects to `target` without binding an address connects from `source`. This runs an
 * unmodified psql from a client's address.
 */
export function comeFrom(source: string, target: string): void {
  const route = ['route', 'del', 'table', 'local', 'local', target, 'dev', 'lo'];
  // For IPv6 the hinted route has its own metric and would come after the kernel's.
  spawnSync('ip', isIPv6(target) ? ['-6', ...route] : route);
  ip([`route replace table local local ${target} dev lo src ${source}`]);
}

/** Blocks the routes to these addresses, which this host itself has, until the returned function is called. */
export function cutOff(targets: readonly string[]): () => void {
  const family = (target: string) => (isIPv6(target) ? '-6' : '-4');
  for (const target of targets) {
    spawnSync('ip', [family(target), 'route', 'del', 'table', 'local', 'local', target, 'dev', 'lo']);
    must('ip', [family(target), 'route', 'add', 'unreachable', target, 'table', 'local']);
  }
  return () => {
    for (const target of targets) {
      must('ip', [family(target), 'route', 'del', 'unreachable', target, 'table', 'local']);
      must('ip', [family(target), 'route', 'add', 'local', target, 'dev', 'lo', 'table', 'local']);
    }
  };
}

function ip(commands: readonly string[]): void {
  if (commands.length > 0) must('ip', ['-batch', '-'], `${commands.join('\n')}\n`);
}
