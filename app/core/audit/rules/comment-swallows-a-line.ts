import type { HbaRule } from '../rule.ts';

export const commentSwallowsALine: HbaRule = {
  id: 'comment-swallows-a-line',
  severity: 'warning',
  title: 'A comment that swallows the next line',
  why: 'From PostgreSQL 14 on a backslash at the very end of a line joins the next one to it, in comments too. Before 14 the next line counted.',
  wrong: '# kept in C:\\\nhostssl all app 10.0.0.0/8 scram-sha-256',
  right: '# kept in C:\nhostssl all app 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba, major }) {
    if (major < 14) return;
    for (const { number, raw } of hba.lines) {
      const end = raw.indexOf('\n');
      if (end < 0 || end === raw.length - 1) continue;
      const [first = '', ...rest] = raw.split('\n').filter((part, index, all) => part !== '' || index < all.length - 1);
      if (rest.length === 0 || !first.includes('#') || rest.every((part) => part.trim() === '')) continue;
      yield {
        file: 'pg_hba.conf',
        line: number,
        message: 'The backslash at its end makes the next line part of this comment.',
        fix: {
          title: 'Take the backslash away',
          file: 'pg_hba.conf',
          edits: [
            {
              kind: 'replace',
              line: number,
              text: [first.replace(/\\+\r?$/, ''), ...rest].join('\n').replace(/[\r\n]+$/, ''),
            },
          ],
        },
      };
    }
  },
};
