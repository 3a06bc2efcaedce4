import { sql, sqlIdentifier, sqlLiteral } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, fixInPsql } from '../command.ts';

export const databaseNotGranted: Cause = {
  id: 'database-not-granted',
  layer: 'role',
  title: "The role can't connect to this database",
  explanation: "The role lacks the CONNECT privilege, or the database doesn't allow connections.",
  fix: "As the database owner: `GRANT CONNECT ON DATABASE name TO role`. template0 intentionally doesn't allow connections.",
  commands: ({ role, database }) =>
    database === undefined
      ? []
      : [
          checkInPsql(
            sql`SELECT datname, datallowconn, datacl FROM pg_database WHERE datname = ${sqlLiteral(database)};`,
          ),
          ...(role === undefined
            ? []
            : [fixInPsql(sql`GRANT CONNECT ON DATABASE ${sqlIdentifier(database)} TO ${sqlIdentifier(role)};`)]),
        ],
  check: "`SELECT has_database_privilege('ROLE', 'DATABASE', 'CONNECT')` returns `t`, and the client connects.",
  otherwise: 'If the database doesn\'t exist, the message is `database "…" does not exist`.',
  couldBe: [],
  wordings: [
    'permission denied for database "…"',
    'User does not have CONNECT privilege',
    'database "…" is not currently accepting connections',
  ],
  examples: ['FATAL:  permission denied for database "app"', 'DETAIL:  User does not have CONNECT privilege.'],
  references: [
    { title: 'PostgreSQL manual, Privileges', url: 'https://www.postgresql.org/docs/current/ddl-priv.html' },
  ],
};
