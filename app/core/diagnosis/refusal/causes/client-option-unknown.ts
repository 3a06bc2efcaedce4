import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient } from '../command.ts';

export const clientOptionUnknown: Cause = {
  id: 'client-option-unknown',
  layer: 'server',
  title: "The client library doesn't know an option of the connection",
  explanation:
    'libpq rejects a connection string with an option that it does not know, before it connects: servicefile and oauth_ca_file need 19, sslnegotiation and sslkeylogfile need 17 and 18, require_auth, sslcertmode and load_balance_hosts need 16. Other libraries have names of their own: asyncpg takes `ssl` from SQLAlchemy, not sslmode.',
  fix: 'Update the client library, or write the option as its documentation names it. Keep TLS required. `psql --version` shows the version of psql; an application can have another libpq.',
  commands: () => [checkOnClient(sh`psql --version`)],
  check: '`psql --version` shows a version that knows the option, and the client connects.',
  otherwise: 'If the option reaches the server, the server reports it: `unrecognized configuration parameter "…"`.',
  couldBe: [],
  wordings: [
    'invalid connection option "…"',
    'invalid URI query parameter: "…"',
    'invalid sslmode value: "…"',
    "got an unexpected keyword argument 'ssl",
    '`sslmode` parameter must be one of',
    'unsupported sslmode',
    'unrecognized sslmode',
  ],
  examples: [
    'psql: error: invalid connection option "sslnegotiation"',
    'invalid sslmode value: "verify"',
    "TypeError: connect() got an unexpected keyword argument 'sslmode'",
  ],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
