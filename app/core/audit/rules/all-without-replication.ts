import type { Edit } from '../../postgres/hba/edit.ts';
import type { Token } from '../../postgres/hba/token.ts';
import { hbaToken } from '../../quote/hba.ts';
import { fixesOf } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule, type RuleAt } from '../rule.ts';

const isKeyword = (word: 'all' | 'replication', { text, quoted }: Token) => text === word && !quoted;

const rulesAt = (edit: Edit | undefined): RuleAt[] => (edit?.kind === 'replace' ? [edit] : []);

const asWritten = ({ text, quoted }: Token): string => (quoted ? hbaToken(text) : text);

export const allWithoutReplication: HbaRule = {
  id: 'all-without-replication',
  severity: 'low',
  title: 'all does not include replication',
  why: 'In the database field, all means every database. A physical replication connection names no database, so only the keyword replication matches it. Standbys and pg_basebackup are rejected here.',
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
      const all = databases.some((token) => isKeyword('all', token));
      const replicator = users.find(({ text }) => /^\+?(?:repl|repmgr|standby|streaming|pgbackrest|barman)/.test(text));
      if (!all || !replicator || method === 'reject') continue;
      const served = hba.records.some(
        ({ record }) =>
          record.databases.some((token) => isKeyword('replication', token)) &&
          record.users.some((token) => isKeyword('all', token) || token.text === replicator.text),
      );
      if (served) continue;
      yield atRecord(
        placed,
        `${replicator.text} looks like a replication role, but “all” doesn't include replication, and no rule allows this role to replicate.`,
        ...fixesOf(
          recordText(hba, placed, { databases: `replication,${databases.map(asWritten).join(',')}` }),
          'Allow replication as well',
          { kind: 'adds', rules: rulesAt(recordText(hba, placed, { databases: 'replication' })) },
        ),
      );
    }
  },
};
