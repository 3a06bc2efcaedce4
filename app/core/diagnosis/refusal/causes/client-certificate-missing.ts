import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient } from '../command.ts';

export const clientCertificateMissing: Cause = {
  id: 'client-certificate-missing',
  layer: 'tls',
  title: 'The rule requires a client certificate',
  explanation:
    'A rule with the cert method or with clientcert= matched the connection, and the client sent no valid certificate.',
  fix: 'Give the client its certificate and key (sslcert and sslkey), issued by the CA in ssl_ca_file.',
  commands: () => [checkOnClient(sh`ls -l ~/.postgresql/postgresql.crt ~/.postgresql/postgresql.key`)],
  check:
    "The client connects, and `SELECT * FROM pg_stat_ssl WHERE pid = pg_backend_pid()` shows the certificate's subject.",
  otherwise: 'If the client sends a certificate from another CA, the handshake fails with `alert unknown ca`.',
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
