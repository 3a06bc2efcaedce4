import type { Cause } from '../cause.ts';
import { listeningSockets, logPlace } from '../command.ts';

export const closedEarly: Cause = {
  id: 'closed-early',
  layer: 'network',
  title: 'The connection was closed before PostgreSQL answered',
  explanation: 'The connection was established and closed again without a message from PostgreSQL.',
  fix: 'Check the server log at the time of the attempt. It shows whether the connection reached PostgreSQL at all, and why it ended.',
  commands: () => [listeningSockets, logPlace],
  check: 'The client connects, or it gets a message from PostgreSQL instead of a closed connection.',
  otherwise: 'If nothing listens on the port, the message is `Connection refused`.',
  couldBe: [
    {
      what: 'A proxy or load balancer accepted the connection and has no server behind it',
      tell: "The PostgreSQL log has no line about it; the proxy's log does.",
    },
    { what: 'The server process crashed or was killed', tell: 'The log says `terminated by signal`.' },
    {
      what: "A firewall, or Docker's port forwarding, resets the connection because nothing listens inside the container",
      tell: '`ss -ltn` inside the container shows only 127.0.0.1.',
    },
    {
      what: 'The client uses direct TLS and the server is older than PostgreSQL 17',
      tell: '`sslnegotiation=direct` is in the connection string.',
    },
  ],
  wordings: [
    'server closed the connection unexpectedly',
    'Connection reset by peer',
    'ECONNRESET',
    'An I/O error occurred while sending to the backend',
    'Connection terminated unexpectedly',
    'Exception while reading from stream',
    'SSL SYSCALL error: EOF detected',
    'java.net.SocketException: Connection reset',
    'failed to receive message (unexpected EOF)',
    'failed to receive message: unexpected EOF',
    'connection was closed in the middle of operation',
    'java.io.EOFException',
    'disconnected before secure TLS connection was established',
    'forcibly closed by the remote host',
    'unexpected connection_lost() call',
    'CONNECTION_CLOSED',
    'got 0 bytes at EOF',
    'driver: bad connection',
  ],
  examples: [
    'server closed the connection unexpectedly',
    'Error: read ECONNRESET',
    'could not receive data from server: Connection reset by peer',
    'failed to receive message (unexpected EOF)',
    'asyncpg.exceptions.ConnectionDoesNotExistError: connection was closed in the middle of operation',
    'An existing connection was forcibly closed by the remote host.',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Starting the Database Server',
      url: 'https://www.postgresql.org/docs/current/server-start.html',
    },
  ],
};
