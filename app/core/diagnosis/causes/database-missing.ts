import type { Cause } from '../cause.ts';

export const databaseMissing: Cause = {
  id: 'database-missing',
  layer: 'role',
  title: 'The database does not exist',
  explanation:
    'The client proved who it is, and there is no database of this name. Without a name, it is that of the role.',
  fix: 'Name the database with `-d`; `psql -l` lists them. Names made with quotes keep upper case.',
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
