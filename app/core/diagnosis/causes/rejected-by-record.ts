import type { Cause } from '../cause.ts';

export const rejectedByRecord: Cause = {
  id: 'rejected-by-record',
  layer: 'record',
  title: 'A record with the method reject caught this connection',
  explanation:
    'This is not a missing record: one says reject, and it stands above any that would allow the connection. The first match decides.',
  fix: 'Find out why it is there. If this client is meant to come in, put one narrow record above it; do not take the reject out for everybody.',
  couldBe: [
    {
      what: 'An allowing record stands below the reject, where it has no effect',
      tell: 'Give the file with this message.',
    },
    {
      what: 'The reject is only for connections without TLS',
      tell: 'The message ends in `no encryption` or `SSL off`, and the record is hostnossl.',
    },
  ],
  wordings: ['pg_hba.conf rejects connection for host "…"', 'pg_hba.conf rejects replication connection for host "…"'],
  examples: [
    'FATAL:  pg_hba.conf rejects connection for host "10.0.0.9", user "app", database "app", no encryption',
    'FATAL:  pg_hba.conf rejects replication connection for host "10.0.0.9", user "replicator", SSL off',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
