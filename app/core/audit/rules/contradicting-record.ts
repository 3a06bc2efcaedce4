import { atRecord, type HbaRule } from '../rule.ts';

export const contradictingRecord: HbaRule = {
  id: 'contradicting-record',
  severity: 'medium',
  title: 'An unreachable rule that contradicts the rules above it',
  why: 'Earlier rules match every connection that this rule matches, and decide differently. The access or the rejection that this rule promises never happens.',
  wrong: 'host all all 10.0.0.0/8 scram-sha-256\nhost all all 10.9.0.0/16 reject',
  right: 'host all all 10.9.0.0/16 reject\nhost all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba, reach }) {
    for (const [index, found] of reach().entries()) {
      const placed = hba.records[index];
      if (found.status !== 'dead' || !found.differs || !placed) continue;
      const { line, file } = found.differs;
      const other = hba.records.find((one) => one.line === line && one.file === file);
      yield atRecord(
        placed,
        `This rule says ${placed.record.method}, but line ${line}${file === undefined ? '' : ` of ${file}`} matches first and says ${other?.record.method}.`,
      );
    }
  },
};
