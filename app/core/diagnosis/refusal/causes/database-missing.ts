import type { Cause } from '../cause.ts';

export const databaseMissing: Cause = {
  id: 'database-missing',
  layer: 'role',
  title: 'The database does not exist',
  explanation:
    "The client authenticated, but there is no database with this name. Without a database name, clients use the role's name.",
  fix: 'Specify the database with `-d`; `psql -l` lists the databases. Names created in quotes keep uppercase letters.',
  couldBe: [],
  wordings: ['database "…" does not exist'],
  examples: ['FATAL:  database "alice" does not exist'],
  references: [
    {
      title: 'PostgreSQL manual, Managing Databases',
      url: 'https://www.postgresql.org/docs/current/managing-databases.html',
    },
  ],
};
