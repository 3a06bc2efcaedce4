import type { Cause } from '../cause.ts';
import { narrowRule, rulesInFile } from '../command.ts';

export const rejectedByRecord: Cause = {
  id: 'rejected-by-record',
  layer: 'record',
  title: 'A reject rule matched this connection',
  explanation:
    "The cause isn't a missing rule: a reject rule comes before any rule that would allow the connection. The first match decides.",
  fix: "Find out why the rule exists. If this client should have access, add one narrow rule above it; don't remove the reject rule for everyone.",
  commands: (facts) => [rulesInFile(facts, 'reject'), ...narrowRule(facts)],
  check: 'The client connects, and other clients still get `pg_hba.conf rejects connection`.',
  otherwise: 'If no rule matches at all, the message is `no pg_hba.conf entry`.',
  couldBe: [
    {
      what: 'A rule that allows the connection is below the reject rule, where it has no effect',
      tell: 'Provide the file together with this message.',
    },
  ],
  wordings: ['pg_hba.conf rejects connection for host "…"', 'pg_hba.conf rejects replication connection for host "…"'],
  examples: [
    'FATAL:  pg_hba.conf rejects connection for host "10.0.0.9", user "app", database "app", SSL encryption',
    'FATAL:  pg_hba.conf rejects replication connection for host "10.0.0.9", user "replicator", SSL on',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
