import type { Cause } from '../cause.ts';

export const unknownConnectionType: Cause = {
  id: 'unknown-connection-type',
  layer: 'record',
  title: 'A line of pg_hba.conf does not begin with a connection type',
  explanation:
    'A record begins with local, host, hostssl, hostnossl, hostgssenc or hostnogssenc, in lower case. A broken line or a file overwritten while the server read it gives half a word; include lines are known from 16 on, hostgssenc from 12 on.',
  fix: 'Look at the line that the log names and mend it. Write the new file beside the old one and rename it over it.',
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
