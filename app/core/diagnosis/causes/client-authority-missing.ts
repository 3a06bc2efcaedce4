import type { Cause } from '../cause.ts';

export const clientAuthorityMissing: Cause = {
  id: 'client-authority-missing',
  layer: 'tls',
  title: 'The server has no authority to check client certificates with',
  explanation:
    'A record asks for a client certificate, and ssl_ca_file is not set. It is only noticed when a client comes.',
  fix: 'Set ssl_ca_file to the certificate of the authority that signs the clients, and reload.',
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
