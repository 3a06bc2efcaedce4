import type { Cause } from '../cause.ts';

export const matchedRecord: Cause = {
  id: 'matched-record',
  layer: 'record',
  title: 'The log says which record decided',
  explanation:
    'The first record that matches decides alone. If it is not the one that you meant, it stands above it and is broader; a record appended at the end has no effect below a catch-all.',
  fix: 'If this is not the record that is meant, put the narrow one above it and reload.',
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
