import { sql, sqlIdentifier, sqlLiteral } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, fixInPsql } from '../command.ts';

export const roleMissing: Cause = {
  id: 'role-missing',
  layer: 'role',
  title: 'The role does not exist',
  explanation:
    "The rule allowed the client without a password method, and there is no role with this name. Without a role name, psql uses the operating system account's name.",
  fix: 'Specify the role with `-U`, or create it. Roles created in quotes keep uppercase letters.',
  commands: ({ role }) =>
    role === undefined
      ? []
      : [
          checkInPsql(
            sql`SELECT rolname, rolcanlogin FROM pg_roles WHERE lower(rolname) = lower(${sqlLiteral(role)});`,
          ),
          fixInPsql(sql`CREATE ROLE ${sqlIdentifier(role)} LOGIN;`, sql`\password ${sqlIdentifier(role)}`),
        ],
  check: '`SELECT rolname FROM pg_roles` lists the role, spelled exactly as the client sends it.',
  otherwise: 'With a wrong password for an existing role, the message is `password authentication failed`.',
  couldBe: [],
  wordings: ['role "…" does not exist'],
  examples: ['FATAL:  role "alice" does not exist'],
  references: [
    {
      title: 'PostgreSQL manual, Role Attributes',
      url: 'https://www.postgresql.org/docs/current/role-attributes.html',
    },
  ],
};
