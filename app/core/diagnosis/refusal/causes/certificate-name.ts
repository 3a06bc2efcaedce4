import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { handshake } from '../command.ts';

export const certificateName: Cause = {
  id: 'certificate-name',
  layer: 'tls',
  title: 'The server certificate has a different name',
  explanation: "The client checks that the certificate names the host it connects to, and it doesn't.",
  fix: 'Connect with a name in the certificate, or issue a certificate that has this name or address as subjectAltName. Keep sslmode=verify-full.',
  commands: (facts) => handshake(facts, sh`-subject -ext subjectAltName`),
  check:
    "With sslmode=verify-full, the client connects, and the host in its connection string is in the certificate's subjectAltName.",
  otherwise:
    'If the CA is unknown as well, verification ends before the name is compared, and the message is `certificate verify failed`.',
  couldBe: [],
  wordings: [
    'server certificate for "…" does not match host name',
    "does not match certificate's altnames",
    'could not be verified by hostnameverifier',
    'No name matching "…" found',
    'RemoteCertificateNameMismatch',
    "could not get server's host name from server certificate",
    'certificate is valid for …, not ',
    'NotValidForName',
    'certificate not valid for name ',
    "doesn't contain any IP SANs",
    'certificate relies on legacy Common Name field',
    "is not valid for '…'.",
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ],
  examples: [
    'psql: error: server certificate for "db.internal" does not match host name "10.0.0.5"',
    "Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames: IP: 10.0.0.5 is not in the cert's list",
    'x509: certificate is valid for db.internal, not db.example.com',
    "x509: cannot validate certificate for 203.0.113.9 because it doesn't contain any IP SANs",
  ],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
