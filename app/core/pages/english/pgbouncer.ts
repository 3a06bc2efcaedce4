import { file, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const config = vendor('PgBouncer, configuration', 'https://www.pgbouncer.org/config.html');

export const pgbouncerPage: TargetPage = {
  id: 'pgbouncer',
  title: 'PgBouncer on the bastion',
  summary: 'Clients connect to a pooler on the bastion, which logs in to PostgreSQL with their own role.',
  does: says(
    test('e2e/lab/pgbouncer.test.ts'),
    'TLS from the client to PgBouncer, and again from PgBouncer to PostgreSQL, whose certificate it verifies.',
    'Decides by connection type, database, role and source network, with its own version of pg_hba.conf.',
    'Reads password hashes from the server through a function that only its own role can call.',
  ),
  doesNot: [
    ...says(
      config,
      'Serve clients with certificates, Kerberos or LDAP. PgBouncer logs in to PostgreSQL itself, and needs the SCRAM keys of a client login for that, or a file with plain-text passwords. Replication is rejected before 1.23.',
    ),
    ...says(
      file('app/core/bundle/proxy/pgbouncer.ts'),
      'Hide data from the bastion: PgBouncer sees the traffic it carries.',
    ),
    ...says(
      test('app/core/plan/cross-proxy.test.ts'),
      'Serve a database whose name contains anything other than ASCII letters, digits, _, . and -.',
    ),
  ],
  undo: [
    ...says(test('e2e/server/tools/proxy-install.test.ts'), 'sudo bash bastion/pgbouncer-undo.sh'),
    ...says(file('app/core/bundle/proxy/auth-query.ts'), 'DROP SCHEMA postern_pgbouncer CASCADE in each database.'),
  ],
  pitfalls: [
    ...says(
      config,
      'The database named pgbouncer is its admin console. A client that requests it without permission waits for client_login_timeout, because 1.18 asks for the secret in a pool that has no server.',
      'The fallback database * lets clients open any database, so it is not used here.',
    ),
    ...says(
      vendor('PgBouncer, features', 'https://www.pgbouncer.org/features.html'),
      "In transaction pooling, session features such as SET, LISTEN, PREPARE and advisory locks don't work.",
    ),
  ],
};
