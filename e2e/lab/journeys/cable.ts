import { spawnSync } from 'node:child_process';
import { isIPv6 } from 'node:net';
import { must } from '../../server/harness/command.ts';
import { carry, clearLoopback } from '../../server/harness/loopback.ts';

const device = 'journey0';

/** The systemd-networkd units that configure the addresses at boot, after duplicate address detection. */
export const networkFile = (addresses: readonly string[]): string => {
  const own = addresses.map((address) => `Address=${address}/${isIPv6(address) ? 128 : 32}\n`);
  return `[Match]
Name=eth0
[Network]
LinkLocalAddressing=ipv6
IPv6AcceptRA=no
${own.join('')}[Route]
Destination=0.0.0.0/0
Scope=link
[Route]
Gateway=fe80::b
`;
};

/**
 * Connects the machine of that process to the outside, which is the namespace of the tests: its loopback has every
 * client's address, and those of all others.
 */
export function connect(pid: string, servers: readonly string[], clients: readonly string[]): void {
  // The cable of the previous boot is deleted with its network, which the kernel does with a delay.
  spawnSync('ip', ['link', 'del', device]);
  clearLoopback();
  carry(clients);
  must('ip', ['link', 'add', device, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', pid]);
  must('ip', ['link', 'set', device, 'up']);
  must('ip', ['addr', 'add', 'fe80::b/64', 'dev', device, 'nodad']);
  for (const address of servers)
    must('ip', [...(isIPv6(address) ? ['-6'] : []), 'route', 'replace', address, 'dev', device]);
}

/** From now on a program that connects to the server without binding an address connects from `source`. */
export const arriveFrom = (source: string, server: string): string =>
  must('ip', [...(isIPv6(server) ? ['-6'] : []), 'route', 'replace', server, 'dev', device, 'src', source]);
