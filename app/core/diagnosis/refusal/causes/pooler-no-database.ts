import type { Cause } from '../cause.ts';

export const poolerNoDatabase: Cause = {
  id: 'pooler-no-database',
  layer: 'server',
  title: 'The connection pooler has no route for this database and user',
  explanation: "The pooler's own configuration doesn't name them. PostgreSQL wasn't asked.",
  fix: 'Add the database, or a `*` entry, to [databases] in pgbouncer.ini; in Odyssey, a route for the database and user; in PgCat, a pool with this name and a user in it. Then reload the pooler.',
  check: "The client connects. In PgBouncer's console, `SHOW DATABASES` lists the database.",
  otherwise: 'If the pooler knows the database and PostgreSQL doesn\'t, the message is `database "…" does not exist`.',
  couldBe: [],
  wordings: ["route for '…' is not found", 'no such database: ', 'No pool configured for database'],
  examples: [
    "psql: ERROR: odyssey: cc3deab3a28e8: route for 'postgres.postgres' is not found",
    'FATAL:  no such database: shop',
    'FATAL:  No pool configured for database: "shop", user: "app"',
  ],
  references: [
    { title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' },
    { title: 'Odyssey, the connection pooler', url: 'https://github.com/yandex/odyssey' },
  ],
};
