import { hba, hbaName } from '../../../quote/hba.ts';
import type { Cause } from '../cause.ts';
import { ruleAndReload } from '../command.ts';

export const localhostIsIpv6: Cause = {
  id: 'localhost-is-ipv6',
  layer: 'record',
  title: 'No rule for ::1, to which localhost resolves',
  explanation:
    "The client connected to localhost, which resolved to the IPv6 address ::1. The rules for 127.0.0.1 don't match it.",
  fix: 'Add the rule that 127.0.0.1/32 has for ::1/128 as well and reload, or let the client connect to 127.0.0.1.',
  commands: ({ role, database, major }) =>
    role === undefined || database === undefined
      ? []
      : ruleAndReload(hba`host ${hbaName(database, major)} ${hbaName(role, major)} ::1/128 scram-sha-256`),
  check: 'The client connects to localhost, and `SELECT inet_client_addr()` returns `::1` or `127.0.0.1`.',
  otherwise: 'If localhost resolves to IPv4, the message names `127.0.0.1`.',
  couldBe: [],
  wordings: [],
  examples: [
    'FATAL:  no pg_hba.conf entry for host "::1", user "app", database "app", no encryption',
    '(OperationalError) FATAL:  no pg_hba.conf entry for host "::1"',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
