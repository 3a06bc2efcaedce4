import { fixesOf } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

export const allWithoutReplication: HbaRule = {
  id: 'all-without-replication',
  severity: 'notice',
  title: 'all does not include replication',
  why: 'In the database field all means every database, and a connection for physical replication names none: only the word replication matches it. Standbys and pg_basebackup are refused here.',
  wrong: 'hostssl all replicator 10.0.0.5/32 scram-sha-256',
  right: 'hostssl replication replicator 10.0.0.5/32 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    for (const placed of hba.records) {
      const { databases, users, method } = placed.record;
      const all = databases.some(({ text, quoted }) => text === 'all' && !quoted);
      const replicator = users.find(({ text }) =>
        /^\+?(?:repl|replica|replicator|replication|standby|repmgr|pgbackrest|barman|streaming)/.test(text),
      );
      if (
        !all ||
        !replicator ||
        method === 'reject' ||
        databases.some(({ text, quoted }) => text === 'replication' && !quoted)
      )
        continue;
      const served = hba.records.some(
        ({ record }) =>
          record.databases.some(({ text, quoted }) => text === 'replication' && !quoted) &&
          record.users.some(({ text }) => text === 'all' || text === replicator.text),
      );
      if (served) continue;
      yield atRecord(
        placed,
        `${replicator.text} sounds like replication, which “all” does not include; no record lets it stream.`,
        ...fixesOf(
          recordText(hba, placed, { databases: `replication,${databases.map(({ text }) => text).join(',')}` }),
          'Take replication too',
        ),
      );
    }
  },
};
