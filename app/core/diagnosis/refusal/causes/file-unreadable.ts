import { sql } from '../../../quote/sql.ts';
import type { Cause } from '../cause.ts';
import { checkInPsql, invalidLines } from '../command.ts';
import { fileNotLoaded } from './file-not-loaded.ts';

export const fileUnreadable: Cause = {
  id: 'file-unreadable',
  layer: 'record',
  title: "A file that pg_hba.conf needs, or pg_hba.conf itself, can't be opened or is empty",
  explanation:
    "The file doesn't exist, belongs to another account, contains no rules, or includes itself. The server doesn't start with it, and a reload keeps the old rules.",
  fix: "Check that hba_file and the names after @ and include are correct, that the server's account can read the files, and that the file contains at least one rule.",
  commands: (facts) => [checkInPsql(sql`SHOW hba_file;`), ...invalidLines(facts)],
  check: fileNotLoaded.check,
  otherwise:
    'If the file can be read and a line in it is invalid, the log says what is wrong with the line, such as `end-of-line before authentication method`.',
  couldBe: [],
  wordings: [
    'could not open configuration file "…"',
    'could not open secondary authentication file',
    'could not open usermap file',
    'maximum nesting depth exceeded',
    'configuration file recursion in "…"',
    'could not open file "…"',
    'could not open directory "…"',
    'could not open configuration directory',
    'could not read file "…"',
    'could not stat file "…"',
    'configuration file "…" contains no entries',
    'empty configuration directory name',
    'skipping missing authentication file',
    'exceeded maxAllocatedDescs',
  ],
  examples: [
    'LOG:  could not open configuration file "/etc/postgresql/13/main/pg_hba.conf": Permission denied',
    'LOG:  configuration file "pg_hba.conf" contains no entries',
    'LOG:  could not open file "/etc/postgresql/16/main/hba.d/app.conf": No such file or directory',
    'FATAL:  exceeded maxAllocatedDescs (492) while trying to open file "self.txt"',
  ],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
