import { sql, sqlIdentifier, sqlLiteral } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, fixInPsql } from '../command.ts';

export const roleMayNotLogIn: Cause = {
  id: 'role-may-not-log-in',
  layer: 'role',
  title: "The role isn't allowed to log in",
  explanation: "The role was created with CREATE ROLE, which doesn't grant LOGIN. Often it is a group role.",
  fix: 'Log in with a role that is a member of it, or allow it to log in: `ALTER ROLE name LOGIN`.',
  commands: ({ role }) =>
    role === undefined
      ? []
      : [
          checkInPsql(
            sql`SELECT member::regrole AS member FROM pg_auth_members`,
            sql`  WHERE roleid = (SELECT oid FROM pg_roles WHERE rolname = ${sqlLiteral(role)});`,
          ),
          fixInPsql(sql`ALTER ROLE ${sqlIdentifier(role)} LOGIN;`),
        ],
  check: '`rolcanlogin` in pg_roles is `t` for the role that logs in, and the client connects.',
  otherwise: 'If the role doesn\'t exist, the message is `role "…" does not exist`.',
  couldBe: [],
  wordings: ['role "…" is not permitted to log in'],
  examples: ['FATAL:  role "admins" is not permitted to log in'],
  references: [
    {
      title: 'PostgreSQL manual, Role Attributes',
      url: 'https://www.postgresql.org/docs/current/role-attributes.html',
    },
  ],
};
