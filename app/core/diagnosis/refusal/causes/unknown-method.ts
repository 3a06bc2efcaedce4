import type { Cause } from '../cause.ts';
import { invalidLines } from '../command.ts';
import { fileNotLoaded } from './file-not-loaded.ts';

export const unknownMethod: Cause = {
  id: 'unknown-method',
  layer: 'record',
  title: 'A method in pg_hba.conf is not supported by this server',
  explanation:
    "The name is misspelled, belongs to another version (oauth from 18 on, radius up to 18), or this build doesn't include it.",
  fix: 'Write scram-sha-256, or the method that you mean, on the line that the log names.',
  commands: invalidLines,
  check: fileNotLoaded.check,
  otherwise:
    'If a local rule has an address, the message quotes the address, such as `invalid authentication method "127.0.0.1/32"`.',
  couldBe: [],
  wordings: ['invalid authentication method "…"'],
  examples: [
    'LOG:  invalid authentication method "scram"',
    'LOG:  invalid authentication method "ldap": not supported by this build',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
    {
      title: 'PostgreSQL manual, Authentication Methods',
      url: 'https://www.postgresql.org/docs/current/auth-methods.html',
    },
  ],
};
