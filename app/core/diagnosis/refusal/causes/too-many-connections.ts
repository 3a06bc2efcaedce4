import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, sessions } from '../command.ts';

export const tooManyConnections: Cause = {
  id: 'too-many-connections',
  layer: 'server',
  title: 'All connections are in use',
  explanation: 'The server, the role or the database has reached its connection limit.',
  fix: 'End idle sessions (pg_stat_activity shows them), or add a pooler such as PgBouncer, before you raise max_connections, which needs a restart.',
  commands: () => [checkInPsql(sql`SHOW max_connections;`), sessions],
  check: '`SELECT count(*) FROM pg_stat_activity` stays below max_connections, and new clients connect.',
  otherwise: 'If a pooler has no free slot, the message is `no more connections allowed (max_client_conn)`.',
  couldBe: [],
  wordings: [
    'sorry, too many clients already',
    'remaining connection slots are reserved',
    'too many connections for role',
    'too many connections for database',
    'number of requested standby connections exceeds max_wal_senders',
    'connection limit exceeded for non-superusers',
  ],
  examples: [
    'FATAL:  sorry, too many clients already',
    'FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute',
    'FATAL:  too many connections for role "app"',
  ],
  references: [
    {
      title: 'PostgreSQL manual, Connection Settings',
      url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html',
    },
  ],
};
