import type { Cause } from '../cause.ts';

export const listenNameUnknown: Cause = {
  id: 'listen-name-unknown',
  layer: 'socket',
  title: 'A name in listen_addresses has no address',
  explanation:
    'The server could not find the address of a name in listen_addresses, so it listens to nothing there. A list in which nothing can be bound stops the start.',
  fix: "Write the server's own numeric addresses into listen_addresses, or mend the name in /etc/hosts, and restart the server: a reload does not change what it listens to.",
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
