import { atRecord, type HbaRule } from '../rule.ts';

export const deadRecord: HbaRule = {
  id: 'dead-record',
  severity: 'warning',
  title: 'A record that never decides',
  why: 'The first record that matches decides, and records above this one take everything that it matches. Whoever wrote it believes that it does something.',
  wrong: 'host all all 10.0.0.0/8 scram-sha-256\nhost orders app 10.1.0.0/16 scram-sha-256',
  right: 'host orders app 10.1.0.0/16 scram-sha-256\nhost all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba, reach }) {
    for (const [index, found] of reach().entries()) {
      const placed = hba.records[index];
      if (found.status !== 'dead' || found.differs || !placed) continue;
      const lines = found.by.map(({ line, file }) => (file === undefined ? `line ${line}` : `line ${line} of ${file}`));
      yield atRecord(
        placed,
        `${lines.join(' and ')} ${lines.length > 1 ? 'together take' : 'takes'} every connection that this record matches, and ${lines.length > 1 ? 'do' : 'does'} the same.`,
        placed.file === undefined
          ? { title: 'Remove the record', file: 'pg_hba.conf', edits: [{ kind: 'delete', line: placed.line }] }
          : undefined,
      );
    }
  },
};
