import type { Cause } from '../cause.ts';
import { ownAddresses } from '../command.ts';

export const addressNotOwn: Cause = {
  id: 'address-not-own',
  layer: 'socket',
  title: "listen_addresses contains an address that the server doesn't have",
  explanation:
    "A program can listen only on an address of its own host. A client's address, a public address that a router translates, and the address of a VPN or cluster that isn't up yet can't be bound.",
  fix: 'Keep in listen_addresses only what `ip address` shows on the server, and restart it. For an address that appears later, start the service after it (or set net.ipv4.ip_nonlocal_bind).',
  commands: () => [ownAddresses],
  check: 'After the restart, the log says `listening on` for every address in listen_addresses.',
  otherwise: 'If another program uses the port, the line ends in `Address already in use`.',
  couldBe: [],
  wordings: [
    'could not bind IPv4 address "…": Cannot assign requested address',
    'could not bind IPv6 address "…": Cannot assign requested address',
    'could not bind IPv4 socket: Cannot assign requested address',
    'could not bind IPv6 socket: Cannot assign requested address',
    'could not bind IPv4 address "…": Can\'t assign requested address',
  ],
  examples: ['LOG:  could not bind IPv4 address "203.0.113.7": Cannot assign requested address'],
  references: [
    {
      title: 'PostgreSQL manual, Connection Settings',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
  ],
};
