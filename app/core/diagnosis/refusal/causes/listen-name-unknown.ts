import type { Cause } from '../cause.ts';
import { ownAddresses, resolveOnServer } from '../command.ts';

export const listenNameUnknown: Cause = {
  id: 'listen-name-unknown',
  layer: 'socket',
  title: "A name in listen_addresses can't be resolved",
  explanation:
    "The server couldn't resolve a name in listen_addresses, so it doesn't listen there. If no address in the list can be bound, the server doesn't start.",
  fix: "Use the server's own numeric addresses in listen_addresses, or fix the name in /etc/hosts, and restart the server: a reload doesn't change what it listens on.",
  commands: (facts) => [...resolveOnServer(facts), ownAddresses],
  check:
    'On the server, `getent ahosts NAME` prints an address of the server, and after the restart the log says `listening on` with it.',
  otherwise: 'If the name resolves to an address of another host, the line ends in `Cannot assign requested address`.',
  couldBe: [],
  wordings: ['could not translate host name "…", service "…" to address', 'could not create listen socket for "…"'],
  examples: [
    'LOG:  could not translate host name "db1.internal", service "5432" to address: Name or service not known',
    'WARNING:  could not create listen socket for "db1.internal"',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Connection Settings',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
  ],
};
