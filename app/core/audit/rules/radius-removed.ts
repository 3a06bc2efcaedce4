import { atRecord, type HbaRule } from '../rule.ts';

/** What keeps its users able to log in. */
export const INSTEAD_OF_RADIUS =
  'PAM can keep the RADIUS server (pam_radius). Before scram-sha-256, set a password for each role: users of RADIUS may have none in PostgreSQL.';

export const radiusRemoved: HbaRule = {
  id: 'radius-removed',
  severity: 'info',
  title: 'PostgreSQL 19 has no RADIUS authentication',
  why: `PostgreSQL 19 rejects a pg_hba.conf with a radius rule, so the server does not start. ${INSTEAD_OF_RADIUS} The upgrade check in Audit shows what else the new version rejects.`,
  wrong: 'hostssl all all 203.0.113.0/24 radius radiusservers=192.0.2.9 radiussecrets=secret',
  right: 'hostssl all all 203.0.113.0/24 pam',
  references: [
    {
      title: 'PostgreSQL manual, PAM Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-pam.html',
    },
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records)
      if (placed.record.method === 'radius')
        yield atRecord(placed, 'Replace radius with another method before you upgrade to PostgreSQL 19.');
  },
};
