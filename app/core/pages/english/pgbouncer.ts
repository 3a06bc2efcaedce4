import type { TargetPage } from '../page.ts';

const config = { title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' };

export const pgbouncerPage: TargetPage = {
  id: 'pgbouncer',
  title: 'PgBouncer on the bastion',
  summary: 'Clients speak to a pooler on the bastion, which logs in to PostgreSQL with their own role.',
  does: [
    'TLS from the client to PgBouncer, and again from PgBouncer to PostgreSQL, whose certificate it checks.',
    'Decides by connection type, database, role and the network of the client, in a twin of pg_hba.conf.',
    'Asks the server for secrets through a function that only its own role may call.',
  ],
  doesNot: [
    'Certificates of clients, Kerberos, LDAP and replication: PgBouncer cannot pass them on. It could ask for a certificate itself, but to log in to the server it needs what a SCRAM login leaves behind, or passwords in clear text in a file.',
    'Hide data from the bastion: PgBouncer sees what it carries.',
    'Serve a database whose name is more than ASCII letters, digits, _, . and -.',
  ],
  undo: ['sudo bash bastion/pgbouncer-undo.sh', 'DROP SCHEMA postern_pgbouncer CASCADE in each database.'],
  pitfalls: [
    {
      text: 'The database named pgbouncer is its console. Whoever asks for it and may not use it waits for client_login_timeout, because 1.18 asks for the secret in a pool that has no server.',
      source: config,
    },
    { text: 'The fallback database * lets clients open any database, so it is not used here.', source: config },
    {
      text: 'In transaction pooling, features of the session such as SET, LISTEN, PREPARE and advisory locks do not work.',
      source: { title: 'PgBouncer, features', url: 'https://www.pgbouncer.org/features.html' },
    },
  ],
};
