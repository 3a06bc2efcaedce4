import type { TargetPage } from '../page.ts';

const standby = {
  title: 'PostgreSQL, Log-Shipping Standby Servers',
  url: 'https://www.postgresql.org/docs/current/warm-standby.html',
};

export const replicasPage: TargetPage = {
  id: 'replicas',
  title: 'Read replicas',
  summary:
    'Standby servers that stream from the primary over TLS, with records of their own for the clients that read.',
  does: [
    'Gives the replication role one right, REPLICATION, and a record for the addresses of each replica, by password, certificate or both; each replica has a certificate of its own.',
    'Makes each replica with pg_basebackup, keeps the data that was there, and checks the certificate of the primary.',
    'Lets reporting clients in on the replicas alone: the primary has no record for them.',
    'Says what a slot may keep, from 13 on.',
  ],
  doesNot: [
    'Promote a replica, or notice that the primary is gone.',
    'Filter packets before a replica where the plan has no firewall that runs there.',
    'Make the standby on Windows or in a container.',
  ],
  undo: [
    'sudo bash replicas/NAME/make-standby-undo.sh on the replica.',
    "SELECT pg_drop_replication_slot('…'); on the primary, as replication.sql says.",
  ],
  pitfalls: [
    {
      text: 'A slot keeps everything that its replica has not read, until the disk is full; max_slot_wal_keep_size limits it from 13 on.',
      source: standby,
    },
    {
      text: 'A standby must have at least the max_connections, max_wal_senders and other limits of its primary.',
      source: { title: 'PostgreSQL, Hot Standby', url: 'https://www.postgresql.org/docs/current/hot-standby.html' },
    },
    {
      text: 'Before 12 a standby is made by recovery.conf; from 12 on a server with that file does not start.',
      source: {
        title: 'PostgreSQL 12, Release Notes',
        url: 'https://www.postgresql.org/docs/12/release-12.html',
      },
    },
    {
      text: 'In plain format pg_basebackup puts tablespaces at the paths that they have on the primary.',
      source: {
        title: 'PostgreSQL, pg_basebackup',
        url: 'https://www.postgresql.org/docs/current/app-pgbasebackup.html',
      },
    },
  ],
};
