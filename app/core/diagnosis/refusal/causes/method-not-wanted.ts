import type { Cause } from '../cause.ts';
import { newPassword, rulesInFile, storedPassword } from '../command.ts';

export const methodNotWanted: Cause = {
  id: 'method-not-wanted',
  layer: 'method',
  title: "The server requires a method that the client doesn't allow",
  explanation:
    'require_auth in the connection string restricts the methods the client accepts, and the rule requires another one. Before libpq 16 the option is unknown.',
  fix: 'Change the rule to scram-sha-256. If the role has an MD5 hash, set its password again.',
  commands: (facts) => [rulesInFile(facts), ...storedPassword(facts), ...newPassword(facts)],
  check: 'The client connects with the same require_auth.',
  otherwise:
    "If the client library can't do what the rule requires, the message is `SCRAM authentication requires libpq version 10 or above`.",
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
