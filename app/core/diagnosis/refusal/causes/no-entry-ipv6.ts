import type { Cause } from '../cause.ts';
import { narrowRule } from '../command.ts';
import { noEntry } from './no-entry.ts';

export const noEntryIpv6: Cause = {
  id: 'no-entry-ipv6',
  layer: 'record',
  title: 'No rule allows this client, which connects over IPv6',
  explanation:
    "The address in the message is an IPv6 address. 0.0.0.0/0 and other IPv4 networks don't match it: PostgreSQL treats IPv4 and IPv6 separately.",
  fix: "Add one rule for the client's IPv6 address (with /128) or its network, or have the client use the server's IPv4 address.",
  commands: narrowRule,
  check: noEntry.check,
  otherwise: 'Over IPv4, the message names an IPv4 address.',
  couldBe: [
    { what: 'The file contains only IPv4 networks', tell: 'No address field contains a colon.' },
    {
      what: 'No rule allows this user, database and address',
      tell: 'Provide the file together with this message to see why each rule was skipped.',
    },
    {
      what: 'The client connected without TLS and only hostssl rules match',
      tell: 'The message ends in `no encryption` or `SSL off`.',
    },
    {
      cause: 'file-not-loaded',
      what: 'The file you changed is not the one in force, or was not reloaded',
      tell: '`SHOW hba_file`; `SELECT * FROM pg_hba_file_rules`; and the log after `SELECT pg_reload_conf()`, which returns `t` even when the file is rejected.',
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
