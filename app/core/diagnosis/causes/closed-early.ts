import type { Cause } from '../cause.ts';

export const closedEarly: Cause = {
  id: 'closed-early',
  layer: 'network',
  title: 'The connection was cut before PostgreSQL answered',
  explanation: 'A connection was made and ended again without a message of PostgreSQL.',
  fix: "Look into the server's log at the time of the attempt: it says whether the connection reached PostgreSQL at all, and why it ended.",
  couldBe: [
    {
      what: 'A proxy or load balancer took the connection and has no server behind it',
      tell: 'The log of PostgreSQL has no line about it; that of the proxy has.',
    },
    { what: 'The server process crashed or was ended', tell: 'The log says `terminated by signal`.' },
    {
      what: "A firewall or Docker's forwarder resets it, as nothing listens inside the container",
      tell: '`ss -ltn` inside the container shows 127.0.0.1 only.',
    },
    {
      what: 'The client starts TLS at once and the server is older than 17',
      tell: 'sslnegotiation=direct in the connection string.',
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
  ],
  examples: [
    'server closed the connection unexpectedly',
    'Error: read ECONNRESET',
    'could not receive data from server: Connection reset by peer',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Starting the Database Server',
      url: 'https://www.postgresql.org/docs/current/server-start.html',
    },
  ],
};
