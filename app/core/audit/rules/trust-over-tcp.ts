import { CIS } from '../cis.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const trustOverTcp: HbaRule = {
  id: 'trust-over-tcp',
  severity: 'critical',
  title: 'Anybody who reaches the port is let in without proof',
  why: 'trust asks for nothing: whoever can open a connection from these addresses is any role that the record names, the superuser among them. Even on loopback every account of the machine, and every program that can be made to connect, is let in.',
  wrong: 'host all all 10.0.0.0/8 trust',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, Trust Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-trust.html',
    },
    CIS.hostLogin,
  ],
  *check({ hba }) {
    for (const placed of hba.records) {
      const { type, method } = placed.record;
      if (method !== 'trust' || type === 'local') continue;
      const replacement = recordText(hba, placed, { method: 'scram-sha-256' });
      yield atRecord(
        placed,
        'This record lets everybody in who comes from there, without a password.',
        replacement && { title: 'Ask for a password (SCRAM)', file: 'pg_hba.conf', edits: [replacement] },
      );
    }
  },
};
