import { sh } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnClient } from '../command.ts';

export const clientOptionUnknown: Cause = {
  id: 'client-option-unknown',
  layer: 'server',
  title: 'The client library is older than an option of the connection',
  explanation:
    'libpq rejects a connection string with an option that it does not know, before it connects: servicefile and oauth_ca_file need 19, sslnegotiation and sslkeylogfile need 17 and 18, require_auth, sslcertmode and load_balance_hosts need 16.',
  fix: 'Update the client library, or remove the option. `psql --version` shows the version of psql; an application can have another libpq.',
  commands: () => [checkOnClient(sh`psql --version`)],
  check: '`psql --version` shows a version that knows the option, and the client connects.',
  otherwise: 'If the option reaches the server, the server reports it: `unrecognized configuration parameter "…"`.',
  couldBe: [],
  wordings: ['invalid connection option "…"', 'invalid URI query parameter: "…"'],
  examples: ['psql: error: invalid connection option "sslnegotiation"'],
  references: [
    {
      title: 'PostgreSQL manual, Database Connection Control Functions',
      url: 'https://www.postgresql.org/docs/current/libpq-connect.html',
    },
  ],
};
