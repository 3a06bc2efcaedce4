import type { Cause } from '../cause.ts';
import { newPassword, storedPassword } from '../command.ts';

export const noPasswordStored: Cause = {
  id: 'no-password-stored',
  layer: 'secret',
  title: 'The role has no password',
  explanation: 'The rule requires a password, and none is stored for the role, so no password can be correct.',
  fix: 'Set one with `\\password ROLE` in psql, as an administrator on the Unix socket.',
  commands: (facts) => [...storedPassword(facts), ...newPassword(facts)],
  check: '`rolpassword IS NOT NULL` in pg_authid is `t` for the role, and the client connects.',
  otherwise:
    "If a password is stored and the client's is wrong, the DETAIL line says `Password does not match` or names only the rule.",
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
