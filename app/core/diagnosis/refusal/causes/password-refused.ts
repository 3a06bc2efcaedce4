import type { Cause } from '../cause.ts';
import { logPlace, storedPassword } from '../command.ts';

export const passwordRefused: Cause = {
  id: 'password-refused',
  layer: 'secret',
  title: 'The password was rejected, and only the log says why',
  explanation:
    'The client gets the same message whatever the reason. The DETAIL line in the server log at this time gives the reason; for a wrong password with SCRAM it names only the rule.',
  fix: 'Read the DETAIL line in the log. If it names nothing but the rule, the password is wrong.',
  commands: (facts) => [logPlace, ...storedPassword(facts)],
  check: 'The client connects, and the log has no new DETAIL line about this role.',
  otherwise: 'If no rule matches the client, no password is compared, and the message is `no pg_hba.conf entry`.',
  couldBe: [
    {
      cause: 'wrong-password',
      what: 'The password is wrong',
      tell: 'The log says `Password does not match`, or with SCRAM only names the rule.',
    },
    {
      cause: 'md5-secret',
      what: 'The stored password hash is MD5 and the rule requires scram-sha-256',
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
      what: 'An earlier, broader rule matched the connection and requires a different method than you expect',
      tell: 'The log says `Connection matched`, with the line.',
    },
    {
      cause: 'pooler-login-failed',
      what: 'The connection goes through a connection pooler, whose own password for the server is wrong',
      tell: "The client's port is the pooler's (PgBouncer: 6432), and its log says `server login failed`.",
    },
  ],
  wordings: [
    'password authentication failed for user "…"',
    'password authentication failed',
    '28P01',
    'the provided database credentials for … are not valid',
  ],
  examples: [
    'FATAL:  password authentication failed for user "app"',
    'Npgsql.PostgresException (0x80004005): 28P01: password authentication failed for user "app"',
    'error: password authentication failed for user "app"',
    'Error: P1000: Authentication failed against database server at `db.example.com`, the provided database credentials for `anna` are not valid.',
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
