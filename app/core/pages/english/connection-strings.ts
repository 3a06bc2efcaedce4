import { file, manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const ours = file('app/core/bundle/rollout/connection-strings.ts');

export const connectionStringsPage: TargetPage = {
  id: 'connection-strings',
  title: 'Connection strings',
  summary: 'For each client, role and database, in the syntax of libpq and five drivers.',
  does: [
    ...says(
      ours,
      'Verifies the server certificate as the plan specifies, and uses SCRAM channel binding where the driver supports it.',
    ),
    ...says(
      test('app/core/bundle/rollout/sessions.test.ts'),
      "Lists all replicas for the clients that read from them, and restricts the primary's clients to a server that accepts writes.",
    ),
    ...says(
      test('app/core/bundle/rollout/addresses.test.ts'),
      "Gives libpq and psycopg the server's address (hostaddr) where its name may resolve to a different one, as in a VPN, and says what the other drivers need.",
    ),
  ],
  doesNot: says(
    ours,
    'Contain a password or a token.',
    'Cover JDBC, node-postgres, Npgsql and pgx for a client with OAuth: your program gets the token there.',
    'List several servers for node-postgres, which accepts only one.',
  ),
  undo: says(ours, 'They install nothing.'),
  pitfalls: [
    ...says(
      manual('libpq-ssl', 'SSL Support'),
      "sslmode=require encrypts but doesn't verify the server's identity; verify-full does.",
    ),
    ...says(
      manual('libpq-oauth', 'OAuth Support', 18),
      'With OAuth, libpq needs its module libpq-oauth, and oauth_issuer must be exactly the issuer of the rule and of the discovery document.',
    ),
    ...says(
      manual('libpq-connect', 'Database Connection Control Functions'),
      'With several hosts, libpq tries the next one when a connection fails, but not when authentication fails.',
      'primary, standby and prefer-standby were added in libpq 14, load_balance_hosts in 16.',
    ),
  ],
};
