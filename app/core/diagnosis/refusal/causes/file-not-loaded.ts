import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, invalidLines } from '../command.ts';

export const fileNotLoaded: Cause = {
  id: 'file-not-loaded',
  layer: 'record',
  title: 'PostgreSQL rejected the changed pg_hba.conf',
  explanation:
    "One invalid line makes PostgreSQL reject the whole file. After a reload the old rules stay in force, even though `pg_reload_conf()` returns `t`; at the next start the server doesn't start at all.",
  fix: 'Fix the line that the log names just above. Run `SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL` until it returns no rows, then reload and check the log again.',
  commands: (facts) => [checkInPsql(sql`SHOW hba_file;`), ...invalidLines(facts)],
  check:
    "`SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL` returns no rows, and the log after the reload doesn't say `was not reloaded`.",
  otherwise:
    'If PostgreSQL accepts the file, the log after `pg_reload_conf()` says only `received SIGHUP, reloading configuration files`.',
  couldBe: [
    {
      what: 'A line of the file is invalid',
      tell: 'The preceding lines in the log, with `line N of configuration file`.',
    },
    {
      what: 'Another program writes the file (Patroni, an operator, Ansible) and reverted your change',
      tell: 'A comment at the top of the file says so.',
    },
    { what: 'Another file is in force', tell: '`SHOW hba_file`.' },
  ],
  wordings: [
    'pg_hba.conf was not reloaded',
    'could not load pg_hba.conf',
    'could not load …hba',
    'FATAL:  could not load …',
  ],
  examples: [
    'LOG:  pg_hba.conf was not reloaded',
    'FATAL:  could not load pg_hba.conf',
    'LOG:  /etc/postgresql/16/main/pg_hba.conf was not reloaded',
    'FATAL:  could not load /etc/postgresql/16/main/pg_hba.conf',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
