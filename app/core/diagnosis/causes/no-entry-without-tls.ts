import type { Cause } from '../cause.ts';
import { noEntry } from './no-entry.ts';

export const noEntryWithoutTls: Cause = {
  id: 'no-entry-without-tls',
  layer: 'record',
  title: 'No record allows this client without TLS',
  explanation:
    'The client came without TLS. Often the record that is meant for it is hostssl, which does not match a connection in clear text.',
  fix: 'Set sslmode=require or better verify-full in the client, and give the server TLS if it has none. Opening the file with host or a wider network is not needed.',
  couldBe: [
    { what: 'Only hostssl records match this client', tell: 'With sslmode=require it gets further.' },
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
