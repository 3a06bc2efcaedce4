import { CIS } from '../cis.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const passwordInClear: HbaRule = {
  id: 'password-in-clear',
  severity: 'warning',
  title: 'The password itself crosses the wire',
  why: 'With the method password the client sends the password as it is. Without TLS everybody on the way reads it; with TLS the server, and whoever stands in for it, still learns it. scram-sha-256 proves the password without sending it.',
  wrong: 'hostssl all all 10.0.0.0/8 password',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
    CIS.hostLogin,
  ],
  *check({ hba }) {
    for (const placed of hba.records) {
      if (placed.record.method !== 'password') continue;
      const edit = recordText(hba, placed, { method: 'scram-sha-256' });
      yield atRecord(
        placed,
        'The client sends its password as it is, for the server to compare.',
        edit && { title: 'Ask with SCRAM instead', file: 'pg_hba.conf', edits: [edit] },
      );
    }
  },
};
