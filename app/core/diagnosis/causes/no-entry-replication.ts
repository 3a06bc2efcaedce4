import type { Cause } from '../cause.ts';

export const noEntryReplication: Cause = {
  id: 'no-entry-replication',
  layer: 'record',
  title: 'No record allows replication for this client',
  explanation:
    'Physical replication is matched by the keyword replication alone. A record for the database `all` does not allow it.',
  fix: "Add one record with `replication` in the database field, the replication role, and the standby's address, with hostssl and scram-sha-256.",
  couldBe: [
    {
      what: 'There are records for `all` and none for `replication`',
      tell: 'Look for the word replication in the database field.',
    },
    { what: 'There is one, for TLS or another address or role', tell: 'Give the file with this message.' },
  ],
  wordings: ['no pg_hba.conf entry for replication connection from host "…"'],
  examples: [
    'FATAL:  no pg_hba.conf entry for replication connection from host "10.0.0.9", user "replicator", SSL off',
    'FATAL:  no pg_hba.conf entry for replication connection from host "10.0.0.9", user "replicator", no encryption',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
