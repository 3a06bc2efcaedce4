import { file, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const replication = test('e2e/lab/replication.test.ts');
const standby = manual('warm-standby', 'Log-Shipping Standby Servers');

export const replicasPage: TargetPage = {
  id: 'replicas',
  title: 'Read replicas',
  summary: 'Standby servers that stream from the primary over TLS, with rules of their own for the clients that read.',
  does: [
    ...says(
      replication,
      'Gives the replication role one privilege, REPLICATION, and a rule for the addresses of each replica, with password, certificate or both; each replica has a certificate of its own.',
      "Creates each replica with pg_basebackup, keeps the data that was there, and verifies the primary's certificate.",
      'Allows reporting clients only on the replicas: the primary has no rule for them.',
    ),
    ...says(file('app/core/bundle/replica/primary.ts'), 'Sets how much WAL a slot may retain, from version 13 on.'),
  ],
  doesNot: [
    ...says(standby, 'Promote a replica, or detect that the primary is down.'),
    ...says(
      test('app/core/bundle/firewall/firewall.test.ts'),
      'Filter packets in front of a replica if the plan has no firewall that runs there.',
    ),
    ...says(file('app/core/bundle/replica/source.ts'), 'Create the standby on Windows or in a container.'),
  ],
  undo: [
    ...says(replication, 'sudo bash replicas/NAME/make-standby-undo.sh on the replica.'),
    ...says(
      manual('functions-admin', 'System Administration Functions'),
      "SELECT pg_drop_replication_slot('…'); on the primary, as replication.sql says.",
    ),
  ],
  pitfalls: [
    ...says(
      standby,
      'A slot retains everything that its replica has not read, until the disk is full; max_slot_wal_keep_size limits it from version 13 on.',
    ),
    ...says(
      manual('hot-standby', 'Hot Standby'),
      'A standby needs at least the max_connections, max_wal_senders and other limits of its primary.',
    ),
    ...says(
      manual('release-12', 'Release Notes', 12),
      "Before version 12, recovery.conf makes a server a standby; from 12 on, a server with that file doesn't start.",
    ),
    ...says(
      manual('app-pgbasebackup', 'pg_basebackup'),
      'In plain format, pg_basebackup puts tablespaces at the same paths as on the primary.',
    ),
  ],
};
