import type { Cause } from '../cause.ts';
import { invalidLines } from '../command.ts';
import { fileNotLoaded } from './file-not-loaded.ts';

export const addressOnLocalRecord: Cause = {
  id: 'address-on-local-record',
  layer: 'record',
  title: 'A local rule has an address',
  explanation:
    'Rules of type local have no address field, so PostgreSQL read the address as the authentication method.',
  fix: 'Change local to host or hostssl, or remove the address.',
  commands: invalidLines,
  check: fileNotLoaded.check,
  otherwise:
    'If the method itself is misspelled, the message quotes a word instead of an address, such as `invalid authentication method "scram"`.',
  couldBe: [],
  wordings: ['invalid authentication method "…/…"'],
  examples: ['LOG:  invalid authentication method "127.0.0.1/32"'],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
