import type { Cause } from '../cause.ts';

export const clientCertificateRefused: Cause = {
  id: 'client-certificate-refused',
  layer: 'tls',
  title: 'The server rejected the client certificate',
  explanation: 'The client certificate is not signed by the CA in ssl_ca_file, or it has been revoked.',
  fix: "Issue the client's certificate from the CA in ssl_ca_file, or add its CA there and reload.",
  couldBe: [],
  wordings: [
    'alert unknown ca',
    'alert bad certificate',
    'alert certificate unknown',
    'alert certificate revoked',
    'alert certificate required',
    'could not accept SSL connection: certificate verify failed',
    'Client certificate verification failed',
  ],
  examples: ['SSL error: tlsv1 alert unknown ca'],
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
