import type { Cause } from '../cause.ts';
import { turnTlsOn } from '../command.ts';

export const tlsNotOffered: Cause = {
  id: 'tls-not-offered',
  layer: 'tls',
  title: "The server doesn't offer TLS",
  explanation: "The client requires TLS, and the server answered that it doesn't support it.",
  fix: "Give the server a certificate, set ssl = on and reload it. Don't weaken the client's sslmode: without TLS everything crosses the network unencrypted.",
  commands: () => turnTlsOn,
  check:
    "The log after the reload doesn't say `SSL configuration was not reloaded`, and the client connects with the same sslmode.",
  otherwise: 'If the server offers TLS and the handshake fails, the message is `SSL error` with the reason.',
  couldBe: [
    { what: 'ssl is off on the server', tell: '`SHOW ssl` returns `off`.' },
    {
      what: "A proxy in between terminates TLS or doesn't support it",
      tell: 'The port belongs to PgBouncer or a load balancer.',
    },
  ],
  wordings: [
    'server does not support SSL, but SSL was required',
    'The server does not support SSL',
    'SSL connection requested. No SSL enabled connection from this host is configured',
    'server does not support SSL connections',
    'SSL is not enabled on the server',
    'server does not support TLS',
    'server refused TLS connection',
    '(Postgrex.Error) ssl not available',
    'rejected SSL upgrade',
    'Server support for SSL connection is disabled',
    'Postgres Server does not handle SSL connection',
  ],
  examples: [
    'psql: error: connection to server at "db.example.com" (203.0.113.7), port 5432 failed: server does not support SSL, but SSL was required',
    'Error: The server does not support SSL connections',
    'org.postgresql.util.PSQLException: The server does not support SSL.',
    'pq: SSL is not enabled on the server',
    'error performing TLS handshake: server does not support TLS',
    'tls error: server refused TLS connection',
    'Server support for SSL connection is disabled, but client was configured with SSL mode verify-full',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Secure TCP/IP Connections with SSL',
      url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
    },
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
