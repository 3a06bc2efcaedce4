import { sql, sqlIdentifier, sqlLiteral } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, fixInPsql } from '../command.ts';

export const roleMayNotReplicate: Cause = {
  id: 'role-may-not-replicate',
  layer: 'role',
  title: "The role isn't allowed to replicate",
  explanation: 'The rule allowed the client, but the role lacks the REPLICATION attribute.',
  fix: 'Use a dedicated role with `ALTER ROLE name REPLICATION`; a superuser is not needed.',
  commands: ({ role }) =>
    role === undefined
      ? []
      : [
          checkInPsql(sql`SELECT rolname, rolreplication FROM pg_roles WHERE rolname = ${sqlLiteral(role)};`),
          fixInPsql(sql`ALTER ROLE ${sqlIdentifier(role)} REPLICATION;`),
        ],
  check:
    "`rolreplication` in pg_roles is `t` for the role, and the standby's log says `started streaming WAL from primary`.",
  otherwise: 'If no rule allows replication, the message is `no pg_hba.conf entry for replication connection`.',
  couldBe: [],
  wordings: [
    'must be superuser or replication role to start walsender',
    'permission denied to start WAL sender',
    'Only roles with the REPLICATION attribute may start a WAL sender',
  ],
  examples: [
    'FATAL:  must be superuser or replication role to start walsender',
    'FATAL:  permission denied to start WAL sender',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Role Attributes',
      url: 'https://www.postgresql.org/docs/current/role-attributes.html',
    },
  ],
};
