import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient } from '../command.ts';

export const linkLocalAddress: Cause = {
  id: 'link-local-address',
  layer: 'record',
  title: 'The client connects with a link-local address, which no rule matches',
  explanation:
    'The address begins with fe80, which is a link-local IPv6 address. Clients get it from a name that resolves to it, such as a `fe80::1%lo0 localhost` line in /etc/hosts, or from mDNS (`.local` names).',
  fix: "Remove the `fe80::1%lo0 localhost` line from the client's /etc/hosts, or connect to 127.0.0.1 or to the server's own address. A rule for a link-local address isn't needed.",
  commands: () => [checkOnClient(sh`grep -in fe80 /etc/hosts`)],
  check: "The client connects, or the message names an address that doesn't begin with `fe80`.",
  otherwise: 'If localhost resolves to the IPv6 loopback address, the message names `::1`.',
  couldBe: [],
  wordings: [],
  examples: [
    'FATAL:  no pg_hba.conf entry for host "fe80::1%lo0", user "app", database "app", SSL off',
    'FATAL:  no pg_hba.conf entry for host "fe80::1ff:fe23:4567:890a%eth0", user "app", database "app", no encryption',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
