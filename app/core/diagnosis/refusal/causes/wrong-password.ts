import type { Cause } from '../cause.ts';
import { newPassword, storedPassword } from '../command.ts';

export const wrongPassword: Cause = {
  id: 'wrong-password',
  layer: 'secret',
  title: 'The password is wrong',
  explanation: "The server compared the password with the stored hash, and they don't match.",
  fix: 'Fix it in the client: the connection string (percent-encoded there), PGPASSWORD, or ~/.pgpass; or set a new one with `\\password ROLE`.',
  commands: (facts) => [...storedPassword(facts), ...newPassword(facts)],
  check: '`psql` with the same host, role and database connects with the password.',
  otherwise: 'If the role doesn\'t exist, the DETAIL line says `Role "…" does not exist`.',
  couldBe: [],
  wordings: ['Password does not match for user "…"', "password doesn't match"],
  examples: ['DETAIL:  Password does not match for user "app".'],
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
  ],
};
