import type { Cause } from '../cause.ts';

export const noPasswordStored: Cause = {
  id: 'no-password-stored',
  layer: 'secret',
  title: 'The role has no password',
  explanation: 'The rule requires a password, and none is stored for the role, so no password can be correct.',
  fix: 'Set one with `\\password ROLE` in psql, as an administrator on the Unix socket.',
  couldBe: [],
  wordings: ['User "…" has no password assigned'],
  examples: ['DETAIL:  User "app" has no password assigned.'],
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
  ],
};
