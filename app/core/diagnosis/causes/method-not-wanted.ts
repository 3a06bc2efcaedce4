import type { Cause } from '../cause.ts';

export const methodNotWanted: Cause = {
  id: 'method-not-wanted',
  layer: 'method',
  title: 'The server asks for a method that the client does not allow',
  explanation:
    'require_auth in the connection string limits what the client does, and the record asks for something else. Before libpq 16 the option is unknown.',
  fix: 'Change the record to scram-sha-256 and, where its secret is md5, set the password of the role again.',
  couldBe: [],
  wordings: ['authentication method requirement "…" failed', 'invalid connection option "require_auth"'],
  examples: [
    'psql: error: authentication method requirement "scram-sha-256" failed: server requested a hashed password',
    'invalid connection option "require_auth"',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
