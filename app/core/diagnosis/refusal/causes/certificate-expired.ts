import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { handshake } from '../command.ts';

export const certificateExpired: Cause = {
  id: 'certificate-expired',
  layer: 'tls',
  title: 'A certificate has expired or is not valid yet',
  explanation: 'One side compared the validity dates of the certificate with its clock and rejected it.',
  fix: 'Renew the certificate and reload the server, and check that both clocks are correct.',
  commands: (facts) => handshake(facts, sh`-subject -dates`),
  check: 'The validity dates of the certificate (`openssl x509 -noout -dates`) include today, and the client connects.',
  otherwise:
    'If the CA is unknown, the message is `self-signed certificate`, `unable to get local issuer certificate` or `unknown ca`.',
  couldBe: [],
  wordings: [
    'certificate has expired',
    'CERT_HAS_EXPIRED',
    'certificate expired',
    'certificate is not yet valid',
    'CertificateExpiredException',
    'CertificateNotYetValidException',
    'invalid peer certificate: Expired',
    'CertPathValidatorException: validity check failed',
    'certificate chain: NotTimeValid',
  ],
  examples: [
    'SSL error: certificate has expired',
    'Error: certificate has expired',
    'SSL error: sslv3 alert certificate expired',
    'invalid peer certificate: Expired',
  ],
  references: [
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
