import type { Cause } from '../cause.ts';

export const databaseNotGranted: Cause = {
  id: 'database-not-granted',
  layer: 'role',
  title: "The role can't connect to this database",
  explanation: "The role lacks the CONNECT privilege, or the database doesn't allow connections.",
  fix: "As the database owner: `GRANT CONNECT ON DATABASE name TO role`. template0 intentionally doesn't allow connections.",
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
