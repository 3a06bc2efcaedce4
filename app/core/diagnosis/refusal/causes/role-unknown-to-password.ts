import type { Cause } from '../cause.ts';
import { createRole } from '../command.ts';

export const roleUnknownToPassword: Cause = {
  id: 'role-unknown-to-password',
  layer: 'role',
  title: "The role doesn't exist, and the server hides that from the client",
  explanation:
    "With a password method, the server performs the authentication exchange even for a role that doesn't exist, and then reports that password authentication failed.",
  fix: 'Fix the name (roles created in quotes keep uppercase letters: "App" is not app), or create the role.',
  commands: createRole,
  check:
    '`SELECT rolname FROM pg_roles` lists the role, spelled exactly as the client sends it, and the client connects.',
  otherwise:
    'If the role exists and the password is wrong, the DETAIL line says `Password does not match` or names only the rule.',
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
