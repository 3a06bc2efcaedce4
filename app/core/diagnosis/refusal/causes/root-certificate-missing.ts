import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient, handshake } from '../command.ts';

export const rootCertificateMissing: Cause = {
  id: 'root-certificate-missing',
  layer: 'tls',
  title: 'The client has no CA certificate to verify the server with',
  explanation:
    "sslmode=verify-ca and verify-full need the certificate of the CA that signed the server certificate. The file doesn't exist, or holds no certificate.",
  fix: 'Put the CA certificate where the message says, or specify its path with sslrootcert. For a public CA, use sslrootcert=system (libpq 16 and later). Keep sslmode=verify-full.',
  commands: (facts) => [checkOnClient(sh`ls -l ~/.postgresql/root.crt`), ...handshake(facts, sh`-subject -issuer`)],
  check: 'With sslmode=verify-full, the client connects.',
  otherwise: 'If the file exists and holds another CA, the message is `certificate verify failed`.',
  couldBe: [],
  wordings: [
    'root certificate file "…" does not exist',
    'could not get home directory to locate root certificate file',
    'Could not open SSL root certificate file',
    'could not read root certificate file',
    'Loading the SSL root certificate',
    "couldn't parse pem in sslrootcert",
  ],
  examples: [
    'root certificate file "/home/app/.postgresql/root.crt" does not exist',
    'Loading the SSL root certificate /opt/app/root.crt into a TrustManager failed.',
  ],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
