import type { TargetPage } from '../page.ts';

const manual = {
  title: 'PostgreSQL, Database Connection Control Functions',
  url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
};

export const connectionStringsPage: TargetPage = {
  id: 'connection-strings',
  title: 'Connection strings',
  summary: 'For each client, role and database, as libpq and five drivers write them.',
  does: [
    'Checks the certificate of the server as the plan says, and binds SCRAM to the TLS channel where the driver can.',
    'Lists all replicas for the clients that read from them, and holds the clients of the primary to a server that takes writes.',
  ],
  doesNot: ['Hold a password.', 'List several servers for node-postgres, which takes one.'],
  undo: ['Nothing is installed by it.'],
  pitfalls: [
    {
      text: 'sslmode=require encrypts, and does not check whom it talks to; verify-full does.',
      source: { title: 'PostgreSQL, SSL Support', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' },
    },
    {
      text: 'With several hosts the next one is tried when a connection fails, but not when authentication fails.',
      source: manual,
    },
    { text: 'primary, standby and prefer-standby came with libpq 14, load_balance_hosts with 16.', source: manual },
  ],
};
