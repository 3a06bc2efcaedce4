import type { Cause } from '../cause.ts';
import { overTls, rulesInFile } from '../command.ts';
import { noEntryWithoutTls } from './no-entry-without-tls.ts';

export const rejectedWithoutTls: Cause = {
  id: 'rejected-without-tls',
  layer: 'record',
  title: 'A reject rule matched this connection, which is unencrypted',
  explanation:
    'The client connected without TLS and a reject rule matched. A server that accepts only TLS often has `hostnossl all all all reject`, which rejects exactly these connections.',
  fix: 'Set sslmode=require, or better verify-full, in the client (in other drivers: turn TLS on). If the connection is rejected with TLS as well, the reject rule is meant for this client: add one narrow rule above it.',
  commands: (facts) => [rulesInFile(facts, 'reject'), ...overTls(facts)],
  check: noEntryWithoutTls.check,
  otherwise:
    'If the rule rejects the client with TLS as well, the message ends in `SSL encryption` (before 14: `SSL on`).',
  couldBe: [
    {
      what: 'The reject rule applies only to connections without TLS (hostnossl)',
      tell: 'With sslmode=require the connection gets further.',
    },
    {
      what: 'The reject rule applies to this client, with or without TLS',
      tell: 'With sslmode=require the message is the same, but ends in `SSL encryption` or `SSL on`.',
    },
  ],
  wordings: [],
  examples: [
    'FATAL:  pg_hba.conf rejects connection for host "10.0.0.9", user "app", database "app", no encryption',
    'FATAL:  pg_hba.conf rejects replication connection for host "10.0.0.9", user "replicator", SSL off',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
