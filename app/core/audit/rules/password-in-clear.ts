import { CIS } from '../cis.ts';
import { methodFix } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const passwordInClear: HbaRule = {
  id: 'password-in-clear',
  severity: 'high',
  title: 'Password sent unencrypted',
  why: 'With the password method, the client sends the password as plain text. Without TLS, anyone on the network path can read it. With TLS, the server, and anyone who impersonates it, still receives it. scram-sha-256 proves the password without sending it.',
  wrong: 'hostssl all all 10.0.0.0/8 password',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
    CIS.hostLogin,
  ],
  near: true,
  *check({ hba }) {
    for (const placed of hba.records) {
      if (placed.record.method !== 'password') continue;
      const edit = recordText(hba, placed, { method: 'scram-sha-256' });
      yield atRecord(
        placed,
        'The client sends the password itself to the server.',
        methodFix(edit, 'Require scram-sha-256'),
      );
    }
  },
};
