import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { handshake } from '../command.ts';

export const certificateNotVerified: Cause = {
  id: 'certificate-not-verified',
  layer: 'tls',
  title: "The client couldn't verify the server certificate",
  explanation:
    "libpq prints the same words for a CA that the client doesn't know and for a certificate that has expired.",
  fix: "See which it is with the command below: then give the client the certificate of the server's CA (sslrootcert), or renew the server's certificate and reload. Don't turn verification off: without it, anyone on the network path can impersonate the server and read everything.",
  commands: (facts) => handshake(facts, sh`-subject -issuer -dates`),
  check: "With sslmode=verify-full and the CA's certificate, the client connects.",
  otherwise: 'If only the name is wrong, the message is `server certificate for "…" does not match host name`.',
  couldBe: [
    {
      cause: 'certificate-untrusted',
      what: 'The certificate is not signed by a CA that the client has',
      tell: "The issuer isn't a CA in the client's sslrootcert file. The server log says `tlsv1 alert unknown ca`.",
    },
    {
      cause: 'certificate-expired',
      what: 'The certificate has expired, or is not valid yet',
      tell: 'The dates show it. The server log says `alert certificate expired`.',
    },
  ],
  wordings: ['certificate verify failed'],
  examples: [
    'psql: error: connection to server at "db.example.com" (203.0.113.7), port 5432 failed: SSL error: certificate verify failed',
  ],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
