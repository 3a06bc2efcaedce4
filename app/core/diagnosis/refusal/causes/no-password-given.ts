import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient, fixOnClient } from '../command.ts';

export const noPasswordGiven: Cause = {
  id: 'no-password-given',
  layer: 'secret',
  title: 'The client sent no password',
  explanation: 'The rule requires a password, and the client had none to send.',
  fix: 'Provide the password in ~/.pgpass or in the variable that your program reads. An empty variable counts as no password.',
  commands: () => [checkOnClient(sh`ls -l ~/.pgpass`), fixOnClient(sh`chmod 0600 ~/.pgpass`)],
  check:
    '`psql --no-password` with the same connection string connects. libpq ignores ~/.pgpass if other accounts can read it.',
  otherwise: 'If the client sends a wrong password, the message is `password authentication failed`.',
  couldBe: [],
  wordings: [
    'no password supplied',
    'no password was provided',
    'client password must be a string',
    'No password has been provided but the backend requires one',
    'server requested a password',
    'client password must be a non-empty string',
    'invalid configuration: password missing',
    'empty password returned by client',
  ],
  examples: [
    'psql: error: fe_sendauth: no password supplied',
    'Error: SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string',
    'The server requested SCRAM-based authentication, but no password was provided.',
    'Error: SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string',
    'invalid configuration: password missing',
    'FATAL:  empty password returned by client',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
