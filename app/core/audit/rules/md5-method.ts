import { CIS } from '../cis.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const md5Method: HbaRule = {
  id: 'md5-method',
  severity: 'warning',
  title: 'md5 takes weak secrets',
  why: 'The method md5 takes secrets stored as md5 hashes, which are as good as the password to whoever reads pg_authid, and asks with SCRAM where the secret is a SCRAM one. PostgreSQL 18 warns that md5 secrets will go away. scram-sha-256 refuses them, so set the passwords anew first.',
  wrong: 'hostssl all all 10.0.0.0/8 md5',
  right: 'hostssl all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, Password Authentication',
      url: 'https://www.postgresql.org/docs/current/auth-password.html',
    },
    CIS.hostLogin,
  ],
  *check({ hba, major }) {
    for (const placed of hba.records) {
      if (placed.record.method !== 'md5') continue;
      const edit = recordText(hba, placed, { method: 'scram-sha-256' });
      yield atRecord(
        placed,
        major >= 18
          ? 'md5 secrets are deprecated in PostgreSQL 18 and will go away. Roles whose secret is still md5 have to set their password anew before this changes.'
          : 'Secrets that are still md5 hashes are taken here. Roles that have one have to set their password anew before this changes.',
        edit && { title: 'Ask with SCRAM alone', file: 'pg_hba.conf', edits: [edit] },
      );
    }
  },
};
