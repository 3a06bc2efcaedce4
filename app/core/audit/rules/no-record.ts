import type { HbaRule } from '../rule.ts';

/** A line in which PostgreSQL reads nothing: a zero byte ends it (`next_token` of `hba.c`). */
const EMPTY = /^[ \t\r\n\f\v,]*(?:#|\0|$)/;

export const noRecord: HbaRule = {
  id: 'no-record',
  severity: 'critical',
  title: 'A file without a record',
  why: 'PostgreSQL refuses a pg_hba.conf in which there is no record. A running server keeps the rules that it has and says so only in its log; it does not start again with this file.',
  wrong: '# local all all peer',
  right: 'local all all peer',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    if (hba.lines.some(({ raw }) => !EMPTY.test(raw))) return;
    yield {
      file: 'pg_hba.conf',
      message: 'The server refuses the file: configuration file "pg_hba.conf" contains no entries.',
      fix: {
        title: 'Let postgres in over the socket',
        file: 'pg_hba.conf',
        edits: [{ kind: 'insert', line: 1, text: 'local all postgres peer' }],
      },
    };
  },
};
