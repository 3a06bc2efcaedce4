import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, handshake } from '../command.ts';

export const tlsVersions: Cause = {
  id: 'tls-versions',
  layer: 'tls',
  title: 'Client and server have no TLS version or cipher in common',
  explanation: 'One side is too old for what the other requires.',
  fix: "Update the TLS library of the older side. The server's limits are ssl_min_protocol_version and ssl_ciphers; lowering them weakens every client.",
  commands: (facts) => [
    checkInPsql(
      ...(facts.major >= 12 ? [sql`SHOW ssl_min_protocol_version;`, sql`SHOW ssl_max_protocol_version;`] : []),
      sql`SHOW ssl_ciphers;`,
    ),
    ...handshake(facts),
  ],
  check:
    'The client connects, and `SELECT version, cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()` returns what both sides agreed on.',
  otherwise: 'If a certificate is the reason, the message is `certificate verify failed` or `alert unknown ca`.',
  couldBe: [
    {
      cause: 'host-name-not-listed',
      what: 'The client sends no host name, and pg_hosts.conf (PostgreSQL 19) has no line for such clients',
      tell: 'The log of the server says `no hostname provided in callback`.',
    },
  ],
  wordings: [
    'alert protocol version',
    'unsupported protocol',
    'no protocols available',
    'no shared cipher',
    'wrong version number',
    'handshake failure',
    'Received fatal alert: protocol_version',
    'Received fatal alert: handshake_failure',
    'no application protocol',
    'unknown protocol',
    'Received fatal alert: HandshakeFailure',
    'Received fatal alert: ProtocolVersion',
  ],
  examples: [
    'SSL error: tlsv1 alert protocol version',
    'LOG:  could not accept SSL connection: unsupported protocol',
    'error performing TLS handshake: received fatal alert: HandshakeFailure',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Secure TCP/IP Connections with SSL',
      url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
    },
  ],
};
