import type { Cause } from '../cause.ts';

export const passwordRefused: Cause = {
  id: 'password-refused',
  layer: 'secret',
  title: 'The password was refused, and only the log says why',
  explanation:
    'The client is told the same whatever the reason is. The DETAIL in the log of the server at this time tells; for a wrong password under SCRAM it names the record alone.',
  fix: 'Read the DETAIL in the log. If it names nothing but the record, the password is wrong.',
  couldBe: [
    {
      cause: 'wrong-password',
      what: 'The password is wrong',
      tell: 'The log says `Password does not match`, or under SCRAM nothing but the record.',
    },
    {
      cause: 'md5-secret',
      what: 'The stored secret is md5 and the record asks for scram-sha-256',
      tell: 'The log says `does not have a valid SCRAM secret` (11 and 12: `verifier`).',
    },
    { cause: 'no-password-stored', what: 'The role has no password', tell: 'The log says `has no password assigned`.' },
    { cause: 'password-expired', what: 'The password has expired', tell: 'The log says `has an expired password`.' },
    {
      cause: 'role-unknown-to-password',
      what: 'The role does not exist',
      tell: 'The log says `Role … does not exist`.',
    },
    {
      cause: 'matched-record',
      what: 'An earlier, broader record caught the connection and asks for another method than you expect',
      tell: 'The log says `Connection matched`, with the line.',
    },
  ],
  wordings: ['password authentication failed for user "…"', 'password authentication failed', '28P01'],
  examples: [
    'FATAL:  password authentication failed for user "app"',
    'Npgsql.PostgresException (0x80004005): 28P01: password authentication failed for user "app"',
    'error: password authentication failed for user "app"',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
    {
      title: 'PostgreSQL manual, Authentication Problems',
      url: 'https://www.postgresql.org/docs/current/client-authentication-problems.html',
    },
  ],
};
