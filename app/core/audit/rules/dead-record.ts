import { atRecord, type HbaRule } from '../rule.ts';

export const deadRecord: HbaRule = {
  id: 'dead-record',
  severity: 'low',
  title: 'An unreachable rule',
  why: 'The first matching rule decides, and earlier rules match every connection that this rule matches. It has no effect.',
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
        `${lines.join(' and ')} ${lines.length > 1 ? 'together match' : 'matches'} every connection that this rule matches, with the same result.`,
        placed.file === undefined
          ? { title: 'Remove the rule', file: 'pg_hba.conf', edits: [{ kind: 'delete', line: placed.line }] }
          : undefined,
      );
    }
  },
};
