import type { Cause } from '../cause.ts';
import { createRole } from '../command.ts';

export const roleMissing: Cause = {
  id: 'role-missing',
  layer: 'role',
  title: 'The role does not exist',
  explanation:
    "The rule allowed the client without a password method, and there is no role with this name. Without a role name, psql uses the operating system account's name.",
  fix: 'Specify the role with `-U`, or create it. Roles created in quotes keep uppercase letters.',
  commands: createRole,
  check: '`SELECT rolname FROM pg_roles` lists the role, spelled exactly as the client sends it.',
  otherwise: 'With a wrong password for an existing role, the message is `password authentication failed`.',
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
