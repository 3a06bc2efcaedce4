import type { Cause } from '../cause.ts';
import { handshake, logPlace } from '../command.ts';

export const tlsHandshakeFailed: Cause = {
  id: 'tls-handshake-failed',
  layer: 'tls',
  title: 'The TLS handshake failed',
  explanation: "Client and server couldn't agree on an encrypted connection, and the line doesn't say why.",
  fix: 'Check the log line of the other side at the same time: it names the certificate, the version or the name.',
  commands: (facts) => [...handshake(facts), logPlace],
  check: '`openssl s_client -starttls postgres` shows a certificate and a cipher, and the client connects.',
  otherwise: 'If the server has TLS off, the message is `server does not support SSL, but SSL was required`.',
  couldBe: [
    {
      cause: 'certificate-untrusted',
      what: 'The server certificate is not trusted',
      tell: 'The client says `certificate verify failed` or similar.',
    },
    {
      cause: 'client-certificate-refused',
      what: 'The client certificate is rejected',
      tell: 'The client says `alert unknown ca`.',
    },
    { cause: 'tls-versions', what: 'No TLS version in common', tell: 'One side says `protocol version`.' },
  ],
  wordings: [
    'could not accept SSL connection',
    'SSL error:',
    'SSL SYSCALL error',
    'SSLHandshakeException',
    'Exception while performing SSL handshake',
    'error performing TLS handshake',
    'Error opening a TLS connection',
    'TLS handshake error',
    'An error occurred while setting up the SSL connection',
  ],
  examples: [
    'LOG:  could not accept SSL connection: EOF detected',
    'Error: P1011: Error opening a TLS connection: The message received was unexpected or badly formatted. (os error -2146893018)',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Secure TCP/IP Connections with SSL',
      url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
    },
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
