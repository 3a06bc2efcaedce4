import type { HbaRule } from '../rule.ts';

export const refusedLine: HbaRule = {
  id: 'refused-line',
  severity: 'critical',
  title: 'The server refuses the whole file',
  why: 'One line that PostgreSQL cannot take makes it refuse all of them. A reload then keeps the old rules although pg_reload_conf() says true, and at the next start the server does not come up.',
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
      if (/^invalid IP mask/.test(error ?? '')) continue;
      yield {
        file: 'pg_hba.conf',
        line,
        ...(file === undefined ? {} : { included: file }),
        message:
          error === null
            ? 'The server refuses this line, and says why in its log alone.'
            : `The server refuses this line: ${error}.`,
      };
    }
  },
};
