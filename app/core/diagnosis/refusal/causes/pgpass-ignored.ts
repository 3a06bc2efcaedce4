import { sh, shWord } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient, fixOnClient } from '../command.ts';

export const pgpassIgnored: Cause = {
  id: 'pgpass-ignored',
  layer: 'secret',
  title: 'The client ignores its password file',
  explanation:
    'libpq reads a password file only if no other account can read it. It prints a warning, and goes on without a password.',
  fix: 'Remove the access of group and others from the file.',
  commands: ({ passwordFile }) =>
    passwordFile === undefined
      ? [checkOnClient(sh`ls -l ~/.pgpass`), fixOnClient(sh`chmod 0600 ~/.pgpass`)]
      : [checkOnClient(sh`ls -l ${shWord(passwordFile)}`), fixOnClient(sh`chmod 0600 ${shWord(passwordFile)}`)],
  check: '`psql --no-password` with the same connection string connects, without a warning.',
  otherwise:
    'Without a password file at all, there is no warning, and the message is `fe_sendauth: no password supplied`.',
  couldBe: [],
  wordings: ['password file "…" has group or world access', 'password file "…" is not a plain file'],
  examples: [
    'WARNING: password file "/home/ana/.pgpass" has group or world access; permissions should be u=rw (0600) or less',
    'WARNING: password file "/home/ana/.pgpass" is not a plain file',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The Password File',
      url: 'https://www.postgresql.org/docs/current/libpq-pgpass.html',
    },
  ],
};
