import type { Cause } from '../cause.ts';

export const poolerAuthQueryFailed: Cause = {
  id: 'pooler-auth-query-failed',
  layer: 'secret',
  title: "The connection pooler's query for passwords fails",
  explanation:
    'PgBouncer logged in as auth_user and ran auth_query to get the password hash of the client, and PostgreSQL reported an error. The function or view of the query is missing in that database, or auth_user may not use it.',
  fix: "Create the function in the database that the query runs in (auth_dbname, or each database of the pool) and grant EXECUTE to auth_user. With CloudNativePG, create `user_search` as its documentation on connection pooling describes. Don't make auth_user a superuser.",
  check: 'The query of auth_query returns one row in `psql` as auth_user, and the client connects through the pooler.',
  otherwise: 'If the query runs and returns no row, the message is `no such user` or `SASL authentication failed`.',
  couldBe: [],
  wordings: ['error in auth_query', 'error response from auth_query', 'failed to make auth query'],
  examples: [
    'S: error in auth_query: ERROR: function public.user_search(unknown) does not exist',
    'LOG S-0x562235097570: postgres/auth@10.0.0.5:5432 closing because: error response from auth_query (age=0s)',
  ],
  references: [{ title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' }],
};
