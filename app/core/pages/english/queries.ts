import { manual, says, test } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const asked = test('e2e/server/proofs/queries.test.ts');
const monitoring = manual('monitoring-stats', 'The Cumulative Statistics System');

export const queriesPage: TargetPage = {
  id: 'queries',
  title: 'Monitoring queries',
  summary:
    'queries.sql shows who connects without TLS, which passwords and certificates expire, and which changes are not in force.',
  does: says(
    asked,
    'Shows sessions without encryption, roles with MD5 hashes, client certificates in use, and TLS files newer than the last reload.',
    'Shows passwords that expire within 30 days, pg_hba.conf rules that are not in effect, and settings that wait for a restart.',
    'With the log as JSON, counts rejected logins by address and role.',
    'Changes nothing, and can run at any time, also on a replica.',
  ),
  doesNot: [
    ...says(
      monitoring,
      'Show rejected logins where the log is plain text: no PostgreSQL table contains them, and pg_stat_database counts sessions only after the login.',
    ),
    ...says(
      test('e2e/server/proofs/verify-dates.test.ts'),
      'Read the validity dates in a certificate: check-certificates.sh and verify.sh do.',
    ),
    ...says(monitoring, 'Show sessions that have ended.'),
  ],
  undo: says(asked, 'There is nothing to undo.'),
  pitfalls: [
    ...says(
      monitoring,
      "What pg_stat_ssl shows, and that only superusers and roles in pg_read_all_stats see other roles' sessions.",
    ),
    ...says(
      manual('catalog-pg-authid', 'pg_authid'),
      'Passwords are stored in pg_authid, which only superusers can read.',
    ),
  ],
};
