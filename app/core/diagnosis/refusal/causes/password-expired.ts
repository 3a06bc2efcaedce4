import type { Cause } from '../cause.ts';

export const passwordExpired: Cause = {
  id: 'password-expired',
  layer: 'secret',
  title: "The role's password has expired",
  explanation: "The role's VALID UNTIL date is in the past. The client is told only that authentication failed.",
  fix: "Set a new password and a later date: `\\password name`, then `ALTER ROLE name VALID UNTIL '…'`.",
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
