import type { Cause } from '../cause.ts';

export const clientCertificateMissing: Cause = {
  id: 'client-certificate-missing',
  layer: 'tls',
  title: 'The record asks for a client certificate',
  explanation:
    'A record with the method cert or with clientcert= caught the connection, and the client sent no valid certificate.',
  fix: 'Give the client its certificate and key (sslcert and sslkey), issued by the authority in ssl_ca_file.',
  couldBe: [],
  wordings: ['connection requires a valid client certificate'],
  examples: ['FATAL:  connection requires a valid client certificate'],
  references: [
    {
      title: 'PostgreSQL manual, Certificate Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-cert.html',
    },
  ],
};
