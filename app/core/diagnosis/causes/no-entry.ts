import type { Cause } from '../cause.ts';

export const noEntry: Cause = {
  id: 'no-entry',
  layer: 'record',
  title: 'No record allows this client',
  explanation:
    'pg_hba.conf was read from top to bottom and no record matched address, user, database and encryption at once, so the server refused.',
  fix: 'Add one record for exactly this role, database and address, with hostssl and scram-sha-256, and reload.',
  couldBe: [
    {
      what: 'No record allows this user, database and address',
      tell: 'Give the file with this message: each record is shown with the reason why it was passed over.',
    },
    {
      what: 'The address is not the one you expect: NAT, a load balancer, a bastion, a VPN or the bridge of Docker (172.17.0.0/16 and its kin) stands in the message',
      tell: 'Compare it with the address of the client.',
    },
    {
      what: 'The record says 0.0.0.0/32, which is one address, where 0.0.0.0/0 was meant',
      tell: 'Read the address field of the record again. Write the network of the client, not the whole world.',
    },
    {
      cause: 'file-not-loaded',
      what: 'The file that was changed is not the one in force, or was not reloaded',
      tell: '`SHOW hba_file`; `SELECT * FROM pg_hba_file_rules`; and the log after `SELECT pg_reload_conf()`, which answers `t` even when the file is refused.',
    },
    {
      what: "A cloud's own firewall reports itself in these words (Azure does)",
      tell: 'The server is a managed service: look at its network rules.',
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
