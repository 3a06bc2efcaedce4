import type { Cause } from '../cause.ts';

export const clientAuthorityMissing: Cause = {
  id: 'client-authority-missing',
  layer: 'tls',
  title: 'The server has no CA to verify client certificates',
  explanation:
    'A rule requires a client certificate, but ssl_ca_file is not set. The error appears only when a client connects.',
  fix: 'Set ssl_ca_file to the certificate of the CA that signs the client certificates, and reload.',
  couldBe: [],
  wordings: ['client certificates can only be checked if a root certificate store is available'],
  examples: ['FATAL:  client certificates can only be checked if a root certificate store is available'],
  references: [
    {
      title: 'PostgreSQL manual, Certificate Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-cert.html',
    },
    {
      title: 'PostgreSQL manual, Secure TCP/IP Connections with SSL',
      url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
    },
  ],
};
