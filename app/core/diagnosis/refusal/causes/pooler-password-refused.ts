import type { Cause } from '../cause.ts';

export const poolerPasswordRefused: Cause = {
  id: 'pooler-password-refused',
  layer: 'secret',
  title: 'The connection pooler rejected the login',
  explanation:
    "The pooler checked the password itself and rejected it. PgBouncer gives the same message for a wrong password and for a user that it doesn't know. PostgreSQL wasn't asked.",
  fix: "Compare the password with the pooler's own copy: auth_file in pgbouncer.ini, or the query in auth_query; in odyssey.conf, the password of the route. A password that was changed in PostgreSQL must be changed there as well.",
  check:
    'Connect through the pooler again. Its log then has a line that ends in `login attempt: db=… user=…` without `closing because`.',
  otherwise: 'If PostgreSQL had rejected the password, the message would be `password authentication failed for user`.',
  couldBe: [
    {
      what: "The password differs from the pooler's copy",
      tell: 'The user is in auth_file, or auth_query returns a row for it.',
    },
    {
      cause: 'pooler-user-unknown',
      what: "The pooler doesn't know the user",
      tell: 'The user is neither in auth_file nor in the result of auth_query.',
    },
  ],
  wordings: [
    'SASL authentication failed',
    'odyssey: …: password authentication failed for user',
    'closing because: auth failed',
    'pooler error: auth failed',
    'frontend authentication failed',
    'md5 authentication failed',
  ],
  examples: [
    'psql: error: connection to server at "10.0.0.5", port 6432 failed: FATAL:  SASL authentication failed',
    'LOG C-0x561fc3d0c400: shop/app@10.0.0.4:40360 closing because: auth failed (age=0s)',
  ],
  references: [{ title: 'PgBouncer, configuration', url: 'https://www.pgbouncer.org/config.html' }],
};
