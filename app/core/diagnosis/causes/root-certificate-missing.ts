import type { Cause } from '../cause.ts';

export const rootCertificateMissing: Cause = {
  id: 'root-certificate-missing',
  layer: 'tls',
  title: 'The client has no certificate authority to check the server with',
  explanation:
    "sslmode=verify-ca and verify-full need the certificate of the authority that signed the server's. The file is not there.",
  fix: "Put the authority's certificate where the message says, or name it with sslrootcert; for a public authority sslrootcert=system does (libpq 16 and later). Keep sslmode=verify-full.",
  couldBe: [],
  wordings: [
    'root certificate file "…" does not exist',
    'could not get home directory to locate root certificate file',
    'Could not open SSL root certificate file',
    'could not read root certificate file',
  ],
  examples: ['root certificate file "/home/app/.postgresql/root.crt" does not exist'],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
