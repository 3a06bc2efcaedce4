import type { Cause } from '../cause.ts';
import { listenSettings, ownAddresses } from '../command.ts';

export const listensOnLoopback: Cause = {
  id: 'listens-on-loopback',
  layer: 'socket',
  title: 'The server listens only on loopback',
  explanation:
    "The log lists every address that the server listens on, and all of them are loopback addresses, so clients on other machines can't reach it. A loopback address that can't be bound (::1 on a host without IPv6) is harmless if the other one is.",
  fix: "Set listen_addresses to the server's address that clients use, and restart the server (a reload is not enough). Restrict the port in the firewall first.",
  commands: () => [listenSettings, ownAddresses],
  check: 'After the restart, the log says `listening on` with an address that is not a loopback address.',
  otherwise: 'If listen_addresses is `*`, the log says `listening on IPv4 address "0.0.0.0"`.',
  couldBe: [],
  wordings: [],
  examples: [
    'LOG:  listening on IPv4 address "127.0.0.1", port 5432',
    'LOG:  listening on IPv6 address "::1", port 5432',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Connection Settings',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
  ],
};
