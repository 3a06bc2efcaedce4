import type { Cause } from '../cause.ts';
import { logPlace } from '../command.ts';

export const clientLeft: Cause = {
  id: 'client-left',
  layer: 'network',
  title: 'The client closed the connection',
  explanation:
    'The server had accepted the connection and lost the client: it ended, gave up waiting, or only checked whether the port is open, as load balancers do. By itself, this rejects nobody.',
  fix: "Find the program by the client's address, which `log_connections` adds to the log. Let a health check run `pg_isready` instead of opening the port.",
  commands: () => [logPlace],
  check: 'With log_connections on, the log names the address of the client before this line.',
  otherwise:
    'If the server had closed the connection, the client would say `server closed the connection unexpectedly`.',
  couldBe: [],
  wordings: [
    'could not receive data from client',
    'could not send data to client',
    'unexpected EOF on client connection',
    'connection to client lost',
  ],
  examples: [
    'LOG:  could not receive data from client: Connection reset by peer',
    'LOG:  could not send data to client: Broken pipe',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Error Reporting and Logging',
      url: 'https://www.postgresql.org/docs/current/runtime-config-logging.html',
    },
  ],
};
