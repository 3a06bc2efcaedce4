import type { Cause } from '../cause.ts';
import { reload, rulesInFile } from '../command.ts';

export const matchedRecord: Cause = {
  id: 'matched-record',
  layer: 'record',
  title: 'The log shows which rule matched',
  explanation:
    "Only the first matching rule applies. If it isn't the one you meant, it is above yours and broader. A rule appended at the end has no effect below a catch-all rule.",
  fix: "If this isn't the intended rule, put the narrower one above it and reload.",
  commands: (facts) => [rulesInFile(facts), reload],
  check: 'After the reload, the log names the line of the intended rule.',
  otherwise: 'If no rule matches, the message is `no pg_hba.conf entry`.',
  couldBe: [],
  wordings: ['Connection matched pg_hba.conf line', 'Connection matched file "…" line'],
  examples: [
    'DETAIL:  Connection matched pg_hba.conf line 95: "host all all 0.0.0.0/0 md5"',
    'DETAIL:  Connection matched file "/etc/postgresql/16/main/pg_hba.conf" line 12: "host all all all scram-sha-256"',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
