import { hbaName } from '../../quote/hba.ts';
import type { HbaRule } from '../rule.ts';

/** The included file may not be available here, and may contain records. */
const INCLUDES = /^[ \t\r,"]*include_if_exists/;

export const noRecord: HbaRule = {
  id: 'no-record',
  severity: 'high',
  title: 'A file without rules',
  why: "PostgreSQL rejects a pg_hba.conf that contains no rules. A running server keeps its current rules and reports the error only in its log. It doesn't start again with this file.",
  wrong: '# local all all peer',
  right: 'local all all peer',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba, superuser }) {
    if (hba.records.length > 0 || hba.refused.length > 0 || hba.lines.some(({ raw }) => INCLUDES.test(raw))) return;
    const text = `local all ${hbaName(superuser, hba.major)} peer`;
    yield {
      file: 'pg_hba.conf',
      message: 'PostgreSQL rejects the file: configuration file "pg_hba.conf" contains no entries.',
      fix: {
        title: `Allow ${superuser} on the local socket`,
        file: 'pg_hba.conf',
        edits: [{ kind: 'insert', line: 1, text }],
        promise: { kind: 'adds', rules: [{ line: 1, text }] },
      },
    };
  },
};
