import type { Cause } from '../cause.ts';
import { invalidLines } from '../command.ts';
import { fileNotLoaded } from './file-not-loaded.ts';

export const nameWithMask: Cause = {
  id: 'name-with-mask',
  layer: 'record',
  title: 'A host name in pg_hba.conf has a prefix length',
  explanation:
    "Only numeric addresses have a prefix length. PostgreSQL rejects the whole file, and the server doesn't start the next time.",
  fix: 'Remove the /32 from the name. Better, use the numeric address with /32: a name needs reverse and forward DNS that agree at each connection.',
  commands: invalidLines,
  check: fileNotLoaded.check,
  otherwise: 'If a numeric address has no prefix length, the message is `invalid IP mask`.',
  couldBe: [],
  wordings: ['specifying both host name and CIDR mask is invalid: "…"'],
  examples: ['LOG:  specifying both host name and CIDR mask is invalid: "host.example/32"'],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
