import type { Cause } from '../cause.ts';
import { sessions } from '../command.ts';

export const poolerWaits: Cause = {
  id: 'pooler-waits',
  layer: 'server',
  title: 'The connection pooler got no connection to PostgreSQL in time',
  explanation:
    "The client reached the pooler and waited for a server connection (PgBouncer: query_wait_timeout; PgCat: connect_timeout, which it reports as `AllServersDown`). Either the server can't be reached from the pooler, or all its connections are in use.",
  fix: "Read the pooler's log, and run `SHOW POOLS` and `SHOW SERVERS` in its admin console. If no server connection is open, test with `psql` from the pooler's host to the server. If all are in use, find the sessions that hold them, then consider default_pool_size.",
  commands: () => [sessions],
  check: "In PgBouncer's console, `SHOW POOLS` shows cl_waiting at 0.",
  otherwise:
    'If the pooler has no room for the client itself, the message is `no more connections allowed (max_client_conn)`.',
  couldBe: [
    {
      cause: 'pooler-login-failed',
      what: 'PostgreSQL rejects the pooler',
      tell: "The pooler's log names the rejection.",
    },
    {
      cause: 'pooler-server-unreachable',
      what: "The server can't be reached from the pooler's host",
      tell: '`SHOW SERVERS` is empty, and its log says why.',
    },
    {
      what: 'All connections of the pool are in use',
      tell: '`SHOW POOLS` has sv_active at its limit and cl_waiting above 0.',
    },
  ],
  wordings: [
    'query_wait_timeout',
    'could not get connection from the pool',
    'Could not get connection from pool',
    'Timed-out waiting to acquire database connection',
  ],
  examples: ['FATAL:  query_wait_timeout', 'FATAL:  58000: could not get connection from the pool - AllServersDown'],
  references: [{ title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' }],
};
