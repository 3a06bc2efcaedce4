import { atRecord, type HbaRule } from '../rule.ts';

export const contradictingRecord: HbaRule = {
  id: 'contradicting-record',
  severity: 'warning',
  title: 'A record that is meant to decide, and never does',
  why: 'Records above this one take everything that it matches and do something else. Whoever wrote it believes that it lets in or keeps out.',
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
        `It says ${placed.record.method}, but line ${line}${file === undefined ? '' : ` of ${file}`} decides first and says ${other?.record.method}.`,
      );
    }
  },
};
