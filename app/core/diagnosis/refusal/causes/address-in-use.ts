import type { Cause } from '../cause.ts';
import { listeningSockets } from '../command.ts';

export const addressInUse: Cause = {
  id: 'address-in-use',
  layer: 'socket',
  title: 'Another program already listens on this port',
  explanation: 'A second server, often another PostgreSQL version or an old process, uses this address and port.',
  fix: 'Find it with `ss -ltnp` and stop it, or give this server another port and restart it.',
  commands: () => [listeningSockets],
  check: 'After the restart, the log says `listening on` with this address and port.',
  otherwise: "If the server doesn't have the address, the line ends in `Cannot assign requested address`.",
  couldBe: [],
  wordings: [
    'could not bind IPv4 address "…": Address already in use',
    'could not bind IPv6 address "…": Address already in use',
    'could not bind Unix address "…": Address already in use',
    'could not bind IPv4 socket: Address already in use',
    'Is another postmaster already running on port',
    'bind: address already in use',
    'port is already allocated',
    'Ports are not available: exposing port',
  ],
  examples: [
    'LOG:  could not bind IPv4 address "0.0.0.0": Address already in use',
    'Error starting userland proxy: listen tcp4 0.0.0.0:5432: bind: address already in use',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Connection Settings',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
    {
      title: 'PostgreSQL manual, Starting the Database Server',
      url: 'https://www.postgresql.org/docs/current/server-start.html',
    },
  ],
};
