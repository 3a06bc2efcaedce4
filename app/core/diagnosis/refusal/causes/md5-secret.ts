import type { Cause } from '../cause.ts';
import { newPassword, storedPassword } from '../command.ts';

export const md5Secret: Cause = {
  id: 'md5-secret',
  layer: 'secret',
  title: 'The stored password hash is MD5 and the rule requires scram-sha-256',
  explanation:
    "The role's password was set while password_encryption was md5. With scram-sha-256 even the correct password fails, and the client is told only that authentication failed.",
  fix: "Set the password again while password_encryption is scram-sha-256 (`\\password ROLE` in psql). The rule doesn't change.",
  commands: (facts) => [...storedPassword(facts), ...newPassword(facts)],
  check: 'The hash in pg_authid begins with `SCRAM-SHA-256$`, and the client connects.',
  otherwise:
    'If the hash is SCRAM and the password is wrong, the DETAIL line names only the rule: `Connection matched`.',
  couldBe: [],
  wordings: ['does not have a valid SCRAM secret', 'does not have a valid SCRAM verifier', 'does not have a valid MD5'],
  examples: [
    'DETAIL:  User "app" does not have a valid SCRAM secret.',
    'DETAIL:  User "app" does not have a valid SCRAM verifier.',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
  ],
};
