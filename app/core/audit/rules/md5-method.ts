import { CIS } from '../cis.ts';
import { methodFix } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const md5Method: HbaRule = {
  id: 'md5-method',
  severity: 'medium',
  title: 'md5 accepts weak password hashes',
  why: "The md5 method accepts passwords stored as MD5 hashes. Anyone who reads such a hash from pg_authid can log in with it, without the password. If the stored hash is a SCRAM hash, md5 uses SCRAM. PostgreSQL 18 warns that MD5 passwords will be removed, and since 19 each client with such a password gets a warning when it logs in. scram-sha-256 doesn't accept MD5 hashes, so set those passwords again first.",
  wrong: 'hostssl all all 10.0.0.0/8 md5',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
    CIS.hostLogin,
  ],
  near: true,
  *check({ hba, major }) {
    for (const placed of hba.records) {
      if (placed.record.method !== 'md5') continue;
      const edit = recordText(hba, placed, { method: 'scram-sha-256' });
      yield atRecord(
        placed,
        major >= 18
          ? 'MD5-hashed passwords are deprecated in PostgreSQL 18 and will be removed. Roles that still have one must set their password again before you change this rule.'
          : 'This rule accepts MD5-hashed passwords. Roles that have one must set their password again before you change this rule.',
        methodFix(edit, 'Require SCRAM'),
      );
    }
  },
};
