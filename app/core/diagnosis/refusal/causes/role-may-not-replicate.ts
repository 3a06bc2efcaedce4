import type { Cause } from '../cause.ts';

export const roleMayNotReplicate: Cause = {
  id: 'role-may-not-replicate',
  layer: 'role',
  title: "The role isn't allowed to replicate",
  explanation: 'The rule allowed the client, but the role lacks the REPLICATION attribute.',
  fix: 'Use a dedicated role with `ALTER ROLE name REPLICATION`; a superuser is not needed.',
  couldBe: [],
  wordings: [
    'must be superuser or replication role to start walsender',
    'permission denied to start WAL sender',
    'Only roles with the REPLICATION attribute may start a WAL sender',
  ],
  examples: [
    'FATAL:  must be superuser or replication role to start walsender',
    'FATAL:  permission denied to start WAL sender',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Role Attributes',
      url: 'https://www.postgresql.org/docs/current/role-attributes.html',
    },
  ],
};
