import type { Cause } from '../cause.ts';
import { turnTlsOn } from '../command.ts';

export const hostsslWithoutTls: Cause = {
  id: 'hostssl-without-tls',
  layer: 'tls',
  title: 'A hostssl rule while TLS is off',
  explanation: 'PostgreSQL accepts the file, but this rule can never match: no connection to this server is encrypted.',
  fix: 'Give the server a certificate, set ssl = on in postgresql.conf and reload. Changing the rule to host would send everything unencrypted.',
  commands: () => turnTlsOn,
  check:
    'The log after the reload has neither this line nor `SSL configuration was not reloaded`, and a client with sslmode=require connects.',
  otherwise:
    "If TLS is on and the client doesn't use it, the server doesn't log this line, and the client gets `no pg_hba.conf entry` with `no encryption` at its end (before 14: `SSL off`).",
  couldBe: [],
  wordings: [
    'hostssl record cannot match because SSL is disabled',
    'hostssl record cannot match because SSL is not supported by this build',
    'hostgssenc record cannot match because GSSAPI is not supported by this build',
    'Set "ssl = on" in postgresql.conf',
    'Set ssl = on in postgresql.conf',
    'Compile with --with-',
  ],
  examples: [
    'LOG:  hostssl record cannot match because SSL is disabled',
    'HINT:  Set "ssl = on" in postgresql.conf.',
    'HINT:  Set ssl = on in postgresql.conf.',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
    {
      title: 'PostgreSQL manual, Secure TCP/IP Connections with SSL',
      url: 'https://www.postgresql.org/docs/current/ssl-tcp.html',
    },
  ],
};
