import { atRecord, type HbaRule } from '../rule.ts';

export const quotedKeyword: HbaRule = {
  id: 'quoted-keyword',
  severity: 'medium',
  title: 'Quoting turns a keyword into an ordinary name',
  why: 'In quotes, all, replication, sameuser and samerole are ordinary names, and so is a role after a quoted plus sign. The rule matches only a database or role with exactly that name.',
  wrong: 'hostssl "all" app 10.0.0.0/8 scram-sha-256',
  right: 'hostssl all app 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  near: true,
  *check({ hba }) {
    const words = new Set(['all', 'replication', 'sameuser', 'samerole', 'samegroup']);
    for (const placed of hba.records) {
      const { databases, users } = placed.record;
      const odd = [
        ...databases.filter(({ text, quoted }) => quoted && words.has(text)),
        ...users.filter(({ text, quoted }) => quoted && (text === 'all' || text.startsWith('+'))),
      ];
      for (const { text } of odd) yield atRecord(placed, `"${text}" in quotes is the name ${text}, not a keyword.`);
    }
  },
};
