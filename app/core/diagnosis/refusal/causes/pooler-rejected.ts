import type { Cause } from '../cause.ts';

export const poolerRejected: Cause = {
  id: 'pooler-rejected',
  layer: 'record',
  title: "The connection pooler's own rules reject this client",
  explanation:
    "PgBouncer with auth_type=hba and Odyssey with hba_file have rules of their own. This message is about those; PostgreSQL and its pg_hba.conf weren't asked.",
  fix: "Add one rule for this user, database and address to the pooler's own file (auth_hba_file in pgbouncer.ini, hba_file in odyssey.conf, pool_hba.conf in Pgpool-II) and reload the pooler.",
  check: "The client connects, and the pooler's log shows its login.",
  otherwise: 'If the rules of PostgreSQL reject the client, the message contains `pg_hba.conf`.',
  couldBe: [],
  wordings: ['login rejected', 'host based authentication rejected', 'no pool_hba.conf entry for'],
  examples: [
    'FATAL:  login rejected',
    'FATAL:  odyssey: c1a2b3c4d5e6f: host based authentication rejected',
    'FATAL:  no pool_hba.conf entry for host "10.0.0.9", user "app", database "app", SSL off',
  ],
  references: [{ title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' }],
};
