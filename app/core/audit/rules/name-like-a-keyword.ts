import { atRecord, type HbaRule } from '../rule.ts';

export const nameLikeAKeyword: HbaRule = {
  id: 'name-like-a-keyword',
  severity: 'low',
  title: 'A keyword that is read as a name',
  why: "ALL, Replication and * are ordinary names: keywords are lowercase, and there are no wildcards. In the user field, sameuser, samerole and replication are names too. Unlike SQL, pg_hba.conf doesn't fold names to lowercase.",
  wrong: 'hostssl ALL app 10.0.0.0/8 scram-sha-256',
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
        ...databases.filter(
          ({ text, quoted }) =>
            !quoted &&
            ((text !== text.toLowerCase() && words.has(text.toLowerCase())) ||
              text === '*' ||
              text === '%' ||
              text.startsWith('+')),
        ),
        ...users.filter(
          ({ text, quoted }) =>
            !quoted && ((text !== 'all' && words.has(text.toLowerCase())) || text === '*' || text === '%'),
        ),
      ];
      for (const { text } of odd)
        yield atRecord(placed, `${text} is read as a name here and matches only a role or database with that name.`);
    }
  },
};
