import type { Cause } from '../cause.ts';

export const poolerServerUnreachable: Cause = {
  id: 'pooler-server-unreachable',
  layer: 'network',
  title: "The connection pooler or proxy can't reach PostgreSQL",
  explanation:
    'The client reached the pooler or proxy. Its own connection to PostgreSQL failed, so the network, address or TLS setting between the two is the cause.',
  fix: "Read the pooler's log for the reason, then connect with `psql` from the pooler's host to the server. PgBouncer: check host, port and server_tls_sslmode in pgbouncer.ini; `server refused SSL` means that the server has ssl = off. Cloud SQL Auth Proxy: check the instance's connection name, `--private-ip` and the role cloudsql.client.",
  check:
    "`psql` connects from the pooler's host to the server, past the pooler, and the pooler's log has no new failure.",
  otherwise: 'If PostgreSQL answers and rejects the pooler, the message is `server login failed` with the reason.',
  couldBe: [],
  wordings: [
    'client_login_timeout (server down)',
    'server conn crashed?',
    'server DNS lookup failed',
    'closing because: connect failed',
    'closing because: cannot connect',
    'pgbouncer cannot connect to server',
    'server refused SSL',
    'unable to get session context',
    'all backend nodes are down',
    'failed to connect to PostgreSQL server on',
    'failed to create a backend',
    'failed to connect to instance',
    'pgpool is not accepting any new connections',
  ],
  examples: [
    '2026-11-25 00:10:00.123: child pid 251: FATAL:  failed to create a backend 0 connection',
    '127.0.0.1:54064 [30/Nov/2026:01:47:19.155] postgres postgres/one 1/-1/3018 0 SC 1/1/0/0/3 0/0',
    'FATAL:  client_login_timeout (server down)',
    '2026-11-25 00:10:00.123 UTC [7] LOG S-0x55d0c8a1e2b0: shop/app@10.0.0.5:5432 closing because: connect failed (age=0s)',
    'WARNING S-0x5581: shop/app@10.0.0.5:5432 server refused SSL',
    'failed to connect to instance: Dial error: failed to dial (connection name = "shop:europe-west1:shop")',
  ],
  references: [{ title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' }],
};
