import type { Cause } from '../cause.ts';
import { authFileLine, storedPassword } from '../command.ts';

export const poolerLoginFailed: Cause = {
  id: 'pooler-login-failed',
  layer: 'secret',
  title: "The connection pooler can't log in to PostgreSQL",
  explanation:
    'The client reached the pooler, and the pooler was rejected by PostgreSQL: it has no password for this role that it can use. With SCRAM on the server, an md5 hash is not enough, and a SCRAM secret is enough only if the client authenticates to the pooler with SCRAM as well.',
  fix: "Give the pooler what the server requires. PgBouncer: set auth_type = scram-sha-256 and put the role's SCRAM secret from pg_authid into auth_file, or use auth_query. Pgpool-II: register the role's password in pool_passwd, and give every node the same rules in pg_hba.conf. Odyssey: set storage_password to the password itself. Test with `psql` from the pooler's host to the server, past the pooler.",
  commands: (facts) => [...storedPassword(facts), ...authFileLine(facts)],
  check: "The client connects, and the pooler's log has no new login failure for the server.",
  otherwise:
    "If the pooler rejects the client's own password, its message doesn't mention the server: `SASL authentication failed` or `password authentication failed`.",
  couldBe: [],
  wordings: [
    'server login failed: ',
    'server login has been failing',
    'cannot do SCRAM authentication',
    'failed to authenticate with backend',
    'valid password not found',
    '(auth) unsupported authentication method',
    'invalid authentication packet from backend',
  ],
  examples: [
    'FATAL:  server login failed: wrong password type',
    'FATAL:  server login has been failing, cached error: password authentication failed for user "app" (server_login_retry)',
    'ERROR S-0x556bc0f298f0: shop/app@10.0.0.5:5432 cannot do SCRAM authentication: password is SCRAM secret but client authentication did not provide SCRAM keys',
    'ERROR:  failed to authenticate with backend using SCRAM',
    'ERROR:  invalid authentication packet from backend',
    '60448 2023-07-17T14:50:55Z error [none s2c40584c065c] (auth) unsupported authentication method',
  ],
  references: [
    { title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' },
    {
      title: 'Pgpool-II, authentication methods',
      url: 'https://access.crunchydata.com/documentation/pgpool/latest/auth-methods.html',
    },
  ],
};
