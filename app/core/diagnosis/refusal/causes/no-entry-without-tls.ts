import type { Cause } from '../cause.ts';
import { overTls } from '../command.ts';
import { noEntry } from './no-entry.ts';

export const noEntryWithoutTls: Cause = {
  id: 'no-entry-without-tls',
  layer: 'record',
  title: 'No rule allows this client without TLS',
  explanation:
    "The client connected without TLS. Often the rule meant for it is hostssl, which doesn't match an unencrypted connection.",
  fix: "Set sslmode=require, or better verify-full, in the client, and set up TLS on the server if it has none. You don't need to change the rule to host or to a wider network.",
  commands: overTls,
  check: 'With TLS, `SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()` returns `t`.',
  otherwise: 'If no rule matched with TLS either, the message ends in `SSL encryption` (before 14: `SSL on`).',
  couldBe: [
    { what: 'Only hostssl rules match this client', tell: 'With sslmode=require the connection gets further.' },
    ...noEntry.couldBe,
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
