import type { Cause } from '../cause.ts';

export const noEntryIpv6: Cause = {
  id: 'no-entry-ipv6',
  layer: 'record',
  title: 'No record allows this client, which came over IPv6',
  explanation:
    'The address in the message is an IPv6 address. 0.0.0.0/0 and every other IPv4 network do not match it: PostgreSQL keeps the two apart.',
  fix: "Add one record for the client's IPv6 address (with /128) or its network, or have the client use the server's IPv4 address.",
  couldBe: [
    { what: 'Only IPv4 networks are in the file', tell: 'No address field has a colon.' },
    {
      what: 'No record allows this user, database and address',
      tell: 'Give the file with this message: each record is shown with the reason why it was passed over.',
    },
    {
      what: 'The client came without TLS and only hostssl records match',
      tell: 'The message ends in `no encryption` or `SSL off`.',
    },
    {
      cause: 'file-not-loaded',
      what: 'The file that was changed is not the one in force, or was not reloaded',
      tell: '`SHOW hba_file`; `SELECT * FROM pg_hba_file_rules`; and the log after `SELECT pg_reload_conf()`, which answers `t` even when the file is refused.',
    },
  ],
  wordings: [],
  examples: ['FATAL:  no pg_hba.conf entry for host "2001:db8::5", user "app", database "app", SSL encryption'],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
