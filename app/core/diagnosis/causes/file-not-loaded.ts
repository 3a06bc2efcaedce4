import type { Cause } from '../cause.ts';

export const fileNotLoaded: Cause = {
  id: 'file-not-loaded',
  layer: 'record',
  title: 'The server refused the changed pg_hba.conf',
  explanation:
    'One wrong line makes the server refuse the whole file. After a reload the old records stay in force, while `pg_reload_conf()` answers `t`; at the next start the server does not come up at all.',
  fix: 'Correct the line that the log names just above, ask `SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL` until it answers nothing, then reload and read the log again.',
  couldBe: [
    { what: 'A line of the file is wrong', tell: 'The lines above in the log, with `line N of configuration file`.' },
    {
      what: 'The file is written by another program (Patroni, an operator, Ansible) and your change was undone',
      tell: 'A comment at its top says so.',
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
