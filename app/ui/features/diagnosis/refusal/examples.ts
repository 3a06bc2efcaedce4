import type { MessageId } from '../../../shared/messages/translate.ts';

/** Messages to try, as programs print them; the first two fit the example files. */
export const examples: readonly { readonly name: MessageId; readonly text: string }[] = [
  {
    name: 'refused.example.reject',
    text: 'psql: error: connection to server at "db.example.com" (192.0.2.5), port 5432 failed: FATAL:  pg_hba.conf rejects connection for host "10.9.0.7", user "ana", database "reports", SSL encryption',
  },
  {
    name: 'refused.example.tls',
    text: 'FATAL:  no pg_hba.conf entry for host "10.8.0.5", user "app", database "orders", no encryption',
  },
  {
    name: 'refused.example.refused',
    text: 'psql: error: connection to server at "db.example.com" (192.0.2.5), port 5432 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?',
  },
  {
    name: 'refused.example.password',
    text: '2026-11-25 00:10:00.123 UTC [4711] app@orders FATAL:  password authentication failed for user "app"\n2026-11-25 00:10:00.123 UTC [4711] app@orders DETAIL:  User "app" does not have a valid SCRAM secret.\n\tConnection matched file "/etc/postgresql/16/main/pg_hba.conf" line 11: "hostssl orders    app        10.8.0.0/16      scram-sha-256"',
  },
  {
    name: 'refused.example.reload',
    text: '2026-11-25 00:10:00.123 UTC [812] LOG:  invalid IP mask "scram-sha-256": Name or service not known\n2026-11-25 00:10:00.123 UTC [812] CONTEXT:  line 16 of configuration file "/etc/postgresql/16/main/pg_hba.conf"\n2026-11-25 00:10:00.123 UTC [812] LOG:  /etc/postgresql/16/main/pg_hba.conf was not reloaded',
  },
  {
    name: 'refused.example.peer',
    text: 'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: FATAL:  Peer authentication failed for user "postgres"',
  },
];
