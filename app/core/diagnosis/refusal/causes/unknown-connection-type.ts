import type { Cause } from '../cause.ts';
import { invalidLines } from '../command.ts';
import { fileNotLoaded } from './file-not-loaded.ts';

export const unknownConnectionType: Cause = {
  id: 'unknown-connection-type',
  layer: 'record',
  title: "A line in pg_hba.conf doesn't begin with a connection type",
  explanation:
    'A rule begins with local, host, hostssl, hostnossl, hostgssenc or hostnogssenc, in lowercase. A broken line, or a file that was overwritten while the server read it, leaves a partial word. include lines exist from version 16 on, hostgssenc from version 12 on.',
  fix: 'Check the line that the log names and fix it. Write the new file next to the old one and rename it over the old one.',
  commands: invalidLines,
  check: fileNotLoaded.check,
  otherwise:
    'If the connection type is right and the method is wrong, the message is `invalid authentication method "…"`.',
  couldBe: [],
  wordings: ['invalid connection type "…"'],
  examples: ['LOG:  invalid connection type "entication"'],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
