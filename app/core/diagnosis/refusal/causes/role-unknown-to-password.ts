import type { Cause } from '../cause.ts';

export const roleUnknownToPassword: Cause = {
  id: 'role-unknown-to-password',
  layer: 'role',
  title: "The role doesn't exist, and the server hides that from the client",
  explanation:
    "With a password method, the server performs the authentication exchange even for a role that doesn't exist, and then reports that password authentication failed.",
  fix: 'Fix the name (roles created in quotes keep uppercase letters: "App" is not app), or create the role.',
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
