import type { Cause } from '../cause.ts';

export const poolerFull: Cause = {
  id: 'pooler-full',
  layer: 'server',
  title: 'The connection pooler has no free client slot',
  explanation: 'The limit of the pooler is reached, not that of PostgreSQL.',
  fix: "Close idle clients and give each application a pool of a fixed size. Raise the limit only if the pooler's host has the file descriptors for it: max_client_conn in PgBouncer, num_init_children in Pgpool-II, client_max in Odyssey, the pool size of the project in Supabase.",
  check: "New clients connect. In PgBouncer's console, `SHOW LISTS` shows used_clients below max_client_conn.",
  otherwise: 'If PostgreSQL itself has no free connection, the message is `sorry, too many clients already`.',
  couldBe: [],
  wordings: [
    'no more connections allowed (max_client_conn)',
    'client connections exceeded (max_',
    'too many client tcp connections (',
    'too many tcp connections (global client_max',
    'max clients reached',

    'bouncer resources exhaustion',
  ],
  examples: [
    'FATAL:  no more connections allowed (max_client_conn)',
    'FATAL:  MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited to pool_size',
    'ERROR:  odyssey: c52a1: too many client tcp connections (global client_max)',
  ],
  references: [{ title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' }],
};
