import type { Cause } from '../cause.ts';
import { listeningSockets } from '../command.ts';

export const notPostgresql: Cause = {
  id: 'not-postgresql',
  layer: 'network',
  title: "Client and server don't speak the same protocol",
  explanation:
    'One side is not PostgreSQL: another service uses the port, a proxy answers, or a scanner, a web browser or the TCP check of a load balancer or orchestrator connected to the server.',
  fix: 'Check which program uses the port with `ss -ltnp`, and correct host and port in the client. Entries about unknown clients in the server log mean that they can reach the port: restrict the sources in the firewall. If they come at a fixed interval, let the health check run `pg_isready` instead of opening the port.',
  commands: () => [listeningSockets],
  check: '`ss -ltnp` shows `postgres` with the port that the client uses, and the client connects.',
  otherwise:
    'If PostgreSQL answers and has TLS off, the message is `server does not support SSL, but SSL was required`.',
  couldBe: [],
  wordings: [
    'received invalid response to SSL negotiation',
    'expected authentication request from server, but received',
    'invalid length of startup packet',
    'unsupported frontend protocol',
    'received unencrypted data after SSL request',
    'Protocol error.  Session setup failed.',
    'Protocol error. Session setup failed.',
    'incomplete startup packet',
    'no PostgreSQL user name specified in startup packet',
    'unexpected response from SSLRequest',
    'for SSLRequest (expecting S or N)',
  ],
  examples: [
    'psql: error: received invalid response to SSL negotiation: H',
    'LOG:  invalid length of startup packet',
    'org.postgresql.util.PSQLException: Protocol error.  Session setup failed.',
    'LOG:  incomplete startup packet',
    'FATAL:  no PostgreSQL user name specified in startup packet',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
