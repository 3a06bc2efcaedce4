import { conninfo } from '../../../quote/conninfo.ts';
import type { Cause } from '../cause.ts';
import { clientSettings } from '../command.ts';

export const poolerRequiresTls: Cause = {
  id: 'pooler-requires-tls',
  layer: 'tls',
  title: 'The connection pooler requires TLS',
  explanation: "The pooler accepts only clients that use TLS. PostgreSQL wasn't asked.",
  fix: 'Set sslmode=verify-full (or at least require) in the client.',
  commands: () => [clientSettings(conninfo`sslmode=verify-full`)],
  check: 'The client connects with sslmode=verify-full.',
  otherwise: "If the pooler doesn't offer TLS, the message is `server does not support SSL, but SSL was required`.",
  couldBe: [],
  wordings: [
    'SSL required',
    'SSL is required',
    'TLS connection required',
    'SSL/TLS required',
    'RDS Proxy requires TLS',
    'IAM is allowed only with SSL connections',
    'connection is insecure (try using',
    'SSL connection is required',
  ],
  examples: [
    'FATAL:  SSL required',
    'FATAL:  SSL connection is required. Please specify SSL options and retry: SSL is required',
    'FATAL:  This RDS Proxy requires TLS connections',
    'ERROR:  connection is insecure (try using `sslmode=require`)',
  ],
  references: [{ title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' }],
};
