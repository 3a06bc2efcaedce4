import type { Cause } from '../cause.ts';

export const noEntryWithoutTls: Cause = {
  id: 'no-entry-without-tls',
  layer: 'record',
  title: 'No record allows this client without TLS',
  explanation:
    'The client came without TLS. Often the record that is meant for it is hostssl, which does not match a connection in clear text.',
  fix: 'Set sslmode=require or better verify-full in the client, and give the server TLS if it has none. Opening the file with host or a wider network is not needed.',
  couldBe: [
    { what: 'Only hostssl records match this client', tell: 'With sslmode=require it gets further.' },
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
  wordings: [],
  examples: [
    'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "app", database "app", no encryption',
    'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "app", database "app", SSL off',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
    { title: 'PostgreSQL manual, SSL Support in libpq', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
  ],
};
