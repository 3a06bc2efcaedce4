import { sql, sqlLiteral } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql } from '../command.ts';

export const databaseMissing: Cause = {
  id: 'database-missing',
  layer: 'role',
  title: 'The database does not exist',
  explanation:
    "The client authenticated, but there is no database with this name. Without a database name, clients use the role's name.",
  fix: 'Specify the database with `-d`; `psql -l` lists the databases. Names created in quotes keep uppercase letters.',
  commands: ({ database }) =>
    database === undefined
      ? []
      : [
          checkInPsql(
            sql`SELECT datname, datallowconn FROM pg_database WHERE lower(datname) = lower(${sqlLiteral(database)});`,
          ),
        ],
  check: '`SELECT datname FROM pg_database` lists the database, spelled exactly as the client sends it.',
  otherwise:
    'If the database exists and the role can\'t connect to it, the message is `permission denied for database "…"`.',
  couldBe: [],
  wordings: ['database "…" does not exist', 'Database `…` does not exist on the database server'],
  examples: [
    'FATAL:  database "alice" does not exist',
    'Error: P1003: Database `sales` does not exist on the database server at `db.example.com:5432`.',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Managing Databases',
      url: 'https://www.postgresql.org/docs/current/managing-databases.html',
    },
  ],
};
