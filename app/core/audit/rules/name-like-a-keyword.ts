import { atRecord, type HbaRule } from '../rule.ts';

export const nameLikeAKeyword: HbaRule = {
  id: 'name-like-a-keyword',
  severity: 'notice',
  title: 'A word that means something elsewhere',
  why: 'ALL, Replication or * are ordinary names: keywords are lower case, and there are no wild cards. In the user field sameuser, samerole and replication are names too. A role is not folded to lower case as in SQL.',
  wrong: 'hostssl ALL app 10.0.0.0/8 scram-sha-256',
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
        yield atRecord(placed, `${text} is taken as a name here and matches only what is called so.`);
    }
  },
};
