import { atRecord, type HbaRule } from '../rule.ts';

export const quotedKeyword: HbaRule = {
  id: 'quoted-keyword',
  severity: 'warning',
  title: 'Quotes take a keyword its meaning',
  why: 'In quotes all, replication, sameuser and samerole are names, and so is a role behind a quoted plus sign. The record matches a database or role that is called so, and nothing else.',
  wrong: 'hostssl "all" app 10.0.0.0/8 scram-sha-256',
  right: 'hostssl all app 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    const words = new Set(['all', 'replication', 'sameuser', 'samerole', 'samegroup']);
    for (const placed of hba.records) {
      const { databases, users } = placed.record;
      const odd = [
        ...databases.filter(({ text, quoted }) => quoted && words.has(text)),
        ...users.filter(({ text, quoted }) => quoted && (text === 'all' || text.startsWith('+'))),
      ];
      for (const { text } of odd) yield atRecord(placed, `"${text}" in quotes is the name ${text} and no keyword.`);
    }
  },
};
