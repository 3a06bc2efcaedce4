import type { Cause } from '../cause.ts';
import { ruleAndReload } from '../command.ts';
import { smallestRule } from '../smallest-rule.ts';

export const noEntryReplication: Cause = {
  id: 'no-entry-replication',
  layer: 'record',
  title: 'No rule allows replication for this client',
  explanation:
    "Only the keyword replication matches physical replication. A rule for the database `all` doesn't allow it.",
  fix: "Add one rule with `replication` in the database field, the replication role, and the standby's address, with hostssl and scram-sha-256.",
  commands: ({ role, address, major }) =>
    role === undefined || address === undefined
      ? []
      : ruleAndReload(smallestRule({ transport: 'tcp', address, user: role, database: '', replication: true }, major)),
  check: "The standby's log says `started streaming WAL from primary`.",
  otherwise:
    'If a rule matches and the role lacks REPLICATION, the message is `must be superuser or replication role to start walsender` (from 16 on: `permission denied to start WAL sender`).',
  couldBe: [
    {
      what: 'There are rules for `all` but none for `replication`',
      tell: 'Look for the word replication in the database field.',
    },
    {
      what: 'There is one, but for TLS, another address or another role',
      tell: 'Provide the file together with this message.',
    },
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
