import type { Cause } from '../cause.ts';

export const roleMayNotLogIn: Cause = {
  id: 'role-may-not-log-in',
  layer: 'role',
  title: "The role isn't allowed to log in",
  explanation: "The role was created with CREATE ROLE, which doesn't grant LOGIN. Often it is a group role.",
  fix: 'Log in with a role that is a member of it, or allow it to log in: `ALTER ROLE name LOGIN`.',
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
