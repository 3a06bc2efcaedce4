import { CIS } from '../cis.ts';
import { methodFix } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const trustOverTcp: HbaRule = {
  id: 'trust-over-tcp',
  severity: 'critical',
  title: 'Anyone who can reach the port can connect without authentication',
  why: 'trust requires no authentication: anyone who can open a connection from these addresses can connect as any role the rule names, including the superuser. Even on loopback, every account on the host, and every program that can be made to connect, can connect this way.',
  wrong: 'host all all 10.0.0.0/8 trust',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, Trust Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-trust.html',
    },
    CIS.hostLogin,
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records) {
      const { type, method } = placed.record;
      if (method !== 'trust' || type === 'local') continue;
      const replacement = recordText(hba, placed, { method: 'scram-sha-256' });
      yield atRecord(
        placed,
        'This rule lets every client from its source network connect without a password.',
        methodFix(replacement, 'Require a password (SCRAM)', ['password-without-tls']),
      );
    }
  },
};
