import { crashReason } from '../../postgres/hba/crash.ts';
import type { HbaRule } from '../rule.ts';

export const refusedLine: HbaRule = {
  id: 'refused-line',
  severity: 'high',
  title: 'PostgreSQL rejects the whole file',
  why: "One line that PostgreSQL can't parse makes it reject the whole file. A reload then keeps the old rules, even though pg_reload_conf() returns true, and the server doesn't start the next time.",
  wrong: 'host all all 10.0.0.0/8',
  right: 'host all all 10.0.0.0/8 scram-sha-256',
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
  *check({ hba }) {
    for (const { line, file, error } of hba.refused) {
      if (error?.startsWith('invalid IP mask') || crashReason(error) !== undefined) continue;
      yield {
        file: 'pg_hba.conf',
        line,
        ...(file === undefined ? {} : { included: file }),
        message:
          error === null
            ? 'PostgreSQL rejects this line and reports the reason only in its log.'
            : `PostgreSQL rejects this line: ${error}.`,
      };
    }
  },
};
