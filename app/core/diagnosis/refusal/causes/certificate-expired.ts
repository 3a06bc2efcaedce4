import type { Cause } from '../cause.ts';

export const certificateExpired: Cause = {
  id: 'certificate-expired',
  layer: 'tls',
  title: 'A certificate has expired or is not valid yet',
  explanation: 'One side compared the validity dates of the certificate with its clock and rejected it.',
  fix: 'Renew the certificate and reload the server, and check that both clocks are correct.',
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
