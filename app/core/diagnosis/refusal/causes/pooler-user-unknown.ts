import type { Cause } from '../cause.ts';
import { authFileLine, storedPassword } from '../command.ts';

export const poolerUserUnknown: Cause = {
  id: 'pooler-user-unknown',
  layer: 'role',
  title: "The connection pooler doesn't know this user",
  explanation: "The pooler rejected the login by its own configuration. PostgreSQL wasn't asked.",
  fix: "PgBouncer: add the role to auth_file, or set auth_query and auth_user. Pgpool-II: register the role's password with `pg_enc`, which writes pool_passwd. Odyssey: add a route for the user. Amazon RDS Proxy: add a Secrets Manager secret for the role to the proxy. Supabase: the user is `postgres.PROJECT_REF`, and the host must be the pooler of the project's region; copy both from the dashboard.",
  commands: (facts) => [...storedPassword(facts), ...authFileLine(facts)],
  check: "The client connects. In PgBouncer's console, `SHOW USERS` lists the user.",
  otherwise:
    'If the pooler knows the user and PostgreSQL doesn\'t, the message is `role "…" does not exist` or `password authentication failed`.',
  couldBe: [],
  wordings: [
    'no such user',
    'Tenant or user not found',
    'tenant/user … not found',
    'no authentication method is found',
    'pool_passwd file does not contain an entry for',
    'RDS proxy has no credentials for the role',
    'Connection closed when state was authentication',
  ],
  examples: [
    'FATAL:  no such user: app',
    'FATAL:  no such user',
    'FATAL:  Tenant or user not found',
    'FATAL: (ENOTFOUND) tenant/user postgres.abc not found',
    'FATAL:  This RDS proxy has no credentials for the role app. Check the credentials for this role and try again.',
  ],
  references: [
    { title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' },
    {
      title: 'Supabase documentation, Connect to your database',
      url: 'https://supabase.com/docs/guides/database/connecting-to-postgres',
    },
  ],
};
