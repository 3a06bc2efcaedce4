import type { Cause } from '../cause.ts';

export const roleMissing: Cause = {
  id: 'role-missing',
  layer: 'role',
  title: 'The role does not exist',
  explanation:
    'The record let the client in without a password method, and there is no role of this name. Without a name, psql takes that of the operating system account.',
  fix: 'Name the role with `-U`, or create it. Roles made with quotes keep upper case.',
  couldBe: [],
  wordings: ['role "…" does not exist'],
  examples: ['FATAL:  role "alice" does not exist'],
  references: [
    {
      title: 'PostgreSQL manual, Role Attributes',
      url: 'https://www.postgresql.org/docs/current/role-attributes.html',
    },
  ],
};
