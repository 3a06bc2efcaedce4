import type { Cause } from '../cause.ts';

export const roleUnknownToPassword: Cause = {
  id: 'role-unknown-to-password',
  layer: 'role',
  title: 'The role does not exist, and the server hides it from the client',
  explanation:
    'Under a password method the server goes through the motions for a role that does not exist and says that the password failed.',
  fix: 'Correct the name (roles made with quotes keep upper case: "App" is not app), or create the role.',
  couldBe: [],
  wordings: ['Role "…" does not exist.'],
  examples: ['DETAIL:  Role "nosuch" does not exist.'],
  references: [
    {
      title: 'PostgreSQL manual, Role Attributes',
      url: 'https://www.postgresql.org/docs/current/role-attributes.html',
    },
  ],
};
