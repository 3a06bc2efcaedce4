import { sql, sqlLiteral } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { fixInPsql, newPassword, storedPassword } from '../command.ts';

export const passwordExpired: Cause = {
  id: 'password-expired',
  layer: 'secret',
  title: "The role's password has expired",
  explanation: "The role's VALID UNTIL date is in the past. The client is told only that authentication failed.",
  fix: "Set a new password and a later date: `\\password name`, then `ALTER ROLE name VALID UNTIL '…'`.",
  commands: (facts) => [
    ...storedPassword(facts),
    ...newPassword(facts),
    ...(facts.role === undefined
      ? []
      : [
          fixInPsql(
            sql`SELECT format('ALTER ROLE %I VALID UNTIL %L', ${sqlLiteral(facts.role)}, now() + interval '90 days') \gexec`,
          ),
        ]),
  ],
  check: '`rolvaliduntil` in pg_roles is in the future, and the client connects.',
  otherwise:
    "If the password is wrong and hasn't expired, the DETAIL line says `Password does not match` or names only the rule.",
  couldBe: [],
  wordings: ['User "…" has an expired password'],
  examples: ['DETAIL:  User "app" has an expired password.'],
  references: [
    {
      title: 'PostgreSQL manual, Role Attributes',
      url: 'https://www.postgresql.org/docs/current/role-attributes.html',
    },
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
  ],
};
