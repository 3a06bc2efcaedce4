import type { Cause } from '../cause.ts';

export const roleMayNotLogIn: Cause = {
  id: 'role-may-not-log-in',
  layer: 'role',
  title: 'The role may not log in',
  explanation: 'It was made with CREATE ROLE, which gives no LOGIN, and often is a group.',
  fix: 'Log in with a role that is a member of it, or give it the right: `ALTER ROLE name LOGIN`.',
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
