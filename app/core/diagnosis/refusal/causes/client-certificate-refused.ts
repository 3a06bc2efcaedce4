import { sh } from '../../../quote/sh.ts';
import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, checkOnClient } from '../command.ts';

export const clientCertificateRefused: Cause = {
  id: 'client-certificate-refused',
  layer: 'tls',
  title: 'The server rejected the client certificate',
  explanation: 'The client certificate is not signed by the CA in ssl_ca_file, or it has been revoked.',
  fix: "Issue the client's certificate from the CA in ssl_ca_file, or add its CA there and reload.",
  commands: () => [
    checkOnClient(sh`openssl x509 -noout -subject -issuer -dates -in ~/.postgresql/postgresql.crt`),
    checkInPsql(sql`SHOW ssl_ca_file;`, sql`SHOW ssl_crl_file;`),
  ],
  check: 'The client connects, and the server log has no `could not accept SSL connection` for the attempt.',
  otherwise:
    'If the client rejects the server certificate, the client itself says `certificate verify failed`, and the server log has the alert.',
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
