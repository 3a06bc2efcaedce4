import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, reload } from '../command.ts';

export const clientAuthorityMissing: Cause = {
  id: 'client-authority-missing',
  layer: 'tls',
  title: 'The server has no CA to verify client certificates',
  explanation:
    'A rule requires a client certificate, but ssl_ca_file is not set. The error appears only when a client connects.',
  fix: 'Set ssl_ca_file to the certificate of the CA that signs the client certificates, and reload.',
  commands: () => [checkInPsql(sql`SHOW ssl_ca_file;`), reload],
  check: '`SHOW ssl_ca_file` returns the file, and a client that sends its certificate connects.',
  otherwise:
    'If the CA is set and the client sends no certificate, the message is `connection requires a valid client certificate`.',
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
