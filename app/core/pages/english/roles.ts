import type { TargetPage } from '../page.ts';

export const rolesPage: TargetPage = {
  id: 'roles',
  title: 'roles.sql',
  summary: 'Makes the login roles and databases that are missing, and says which role may connect where.',
  does: [
    'CREATE ROLE for what is missing; limits, last day and REPLICATION as the plan says.',
    'Takes CONNECT from PUBLIC on the databases of the plan, and grants it to their roles.',
    'Stops, before it changes anything, when a role of the plan is a superuser.',
  ],
  doesNot: ['Hold a password: \\password asks for each.', 'Grant anything on tables.', 'Drop a role or a database.'],
  undo: ['GRANT CONNECT ON DATABASE name TO PUBLIC; and DROP ROLE for those that nothing needs any more.'],
  pitfalls: [
    {
      text: 'PUBLIC has CONNECT and TEMPORARY on a new database until it is taken away.',
      source: { title: 'PostgreSQL, Privileges', url: 'https://www.postgresql.org/docs/current/ddl-priv.html' },
    },
    {
      text: 'A connection limit does not hold for superusers, and VALID UNTIL limits the password and not the role.',
      source: { title: 'PostgreSQL, CREATE ROLE', url: 'https://www.postgresql.org/docs/current/sql-createrole.html' },
    },
  ],
};
