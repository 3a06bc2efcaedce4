import type { Cause } from '../cause.ts';

export const md5Secret: Cause = {
  id: 'md5-secret',
  layer: 'secret',
  title: 'The stored secret is md5 and the record asks for scram-sha-256',
  explanation:
    'The role got its password while password_encryption was md5. Under scram-sha-256 even the right password fails, and the client only hears that authentication failed.',
  fix: 'Set the password again while password_encryption is scram-sha-256 (`\\password ROLE` in psql). The record stays as it is.',
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
