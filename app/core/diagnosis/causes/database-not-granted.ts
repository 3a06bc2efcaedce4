import type { Cause } from '../cause.ts';

export const databaseNotGranted: Cause = {
  id: 'database-not-granted',
  layer: 'role',
  title: 'The role may not connect to this database',
  explanation: 'The role lacks the privilege CONNECT, or the database takes no connections.',
  fix: 'As its owner: `GRANT CONNECT ON DATABASE name TO role`. template0 takes none on purpose.',
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
