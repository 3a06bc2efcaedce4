import type { Cause } from '../cause.ts';

export const passwordExpired: Cause = {
  id: 'password-expired',
  layer: 'secret',
  title: 'The password of the role has expired',
  explanation: 'VALID UNTIL of the role is in the past. The client only hears that authentication failed.',
  fix: "Set a new password with a later date: `ALTER ROLE name VALID UNTIL '…'` after `\\password name`.",
  couldBe: [],
  wordings: ['User "…" has an expired password'],
  examples: ['DETAIL:  User "app" has an expired password.'],
  references: [
    {
      title: 'PostgreSQL manual, Role Attributes',
      url: 'https://www.postgresql.org/docs/current/role-attributes.html',
    },
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
  ],
};
