import type { Cause } from '../cause.ts';
import { narrowRule } from '../command.ts';

export const noEntry: Cause = {
  id: 'no-entry',
  layer: 'record',
  title: 'No rule allows this client',
  explanation:
    'PostgreSQL read pg_hba.conf from top to bottom, and no rule matched address, user, database and encryption together, so it rejected the connection.',
  fix: 'Add one rule for exactly this role, database and address, with hostssl and scram-sha-256, and reload.',
  commands: narrowRule,
  check:
    'The client connects. If it gets the same message, compare `SHOW hba_file` with the path of the file that you changed.',
  otherwise: 'If a reject rule matches, the message is `pg_hba.conf rejects connection`.',
  couldBe: [
    {
      what: 'No rule allows this user, database and address',
      tell: 'Provide the file together with this message to see why each rule was skipped.',
    },
    {
      what: 'The address is not the one you expect: the message shows the address of NAT, a load balancer, a bastion, a VPN or the Docker bridge (172.17.0.0/16 and similar)',
      tell: "Compare it with the client's address.",
    },
    {
      what: 'The rule says 0.0.0.0/32, which is a single address, where 0.0.0.0/0 was intended',
      tell: "Check the address field of the rule. Use the client's network, not the whole internet.",
    },
    {
      cause: 'file-not-loaded',
      what: 'The file you changed is not the one in force, or was not reloaded',
      tell: '`SHOW hba_file`; `SELECT * FROM pg_hba_file_rules`; and the log after `SELECT pg_reload_conf()`, which returns `t` even when the file is rejected.',
    },
    {
      what: "A cloud provider's own firewall reports this message (Azure does)",
      tell: 'The server is a managed service: check its network rules.',
    },
  ],
  wordings: ['no pg_hba.conf entry for host "…"', 'no pg_hba.conf entry for'],
  examples: [
    'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "app", database "app", SSL encryption',
    'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "app", database "app", SSL on',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
