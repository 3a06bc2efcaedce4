import type { Cause } from '../cause.ts';

export const poolerRequiresTls: Cause = {
  id: 'pooler-requires-tls',
  layer: 'tls',
  title: 'The connection pooler requires TLS',
  explanation: "The pooler accepts only clients that use TLS. PostgreSQL wasn't asked.",
  fix: 'Set sslmode=verify-full (or at least require) in the client.',
  couldBe: [],
  wordings: ['SSL required', 'SSL is required', 'TLS connection required'],
  examples: [
    'FATAL:  SSL required',
    'FATAL:  SSL connection is required. Please specify SSL options and retry: SSL is required',
  ],
  references: [{ title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' }],
};
